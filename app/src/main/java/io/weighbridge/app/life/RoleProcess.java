package io.weighbridge.app.life;

import io.weighbridge.app.http.Health;
import io.weighbridge.app.http.Listen;
import io.weighbridge.schemas.Settings;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.StreamsConfig;

/** A process that runs some roles against a cluster, with health and metrics on a port of their own. */
public final class RoleProcess implements Health, AutoCloseable {

    private final FrontDoor door;
    private volatile Roles roles;
    private final int managementPort;

    private RoleProcess(EnumSet<Role> chosen, Settings settings, Listen management) {
        door = new FrontDoor(
                this, chosen, role -> roles.describe(role), () -> roles == null ? Optional.empty() : roles.index());
        managementPort = door.openManagement(management);
        try {
            roles = Roles.start(chosen, settings.with(told(settings, management)), door.meters());
        } catch (RuntimeException e) {
            door.close();
            throw e;
        }
    }

    /** Starts the roles; they join their groups while this returns. */
    public static RoleProcess start(EnumSet<Role> roles, Settings settings, Listen management) {
        return new RoleProcess(roles, settings, management);
    }

    /** Where other processes ask for this one's part of the index: where its management server is, unless the settings say otherwise. */
    private Map<String, String> told(Settings settings, Listen management) {
        String here = management.reachableHost() + ":" + managementPort;
        return Map.of(
                StreamsConfig.APPLICATION_SERVER_CONFIG, settings.text(StreamsConfig.APPLICATION_SERVER_CONFIG, here));
    }

    public int managementPort() {
        return managementPort;
    }

    @Override
    public Map<String, String> states() {
        return roles == null ? Map.of() : roles.states();
    }

    @Override
    public boolean live() {
        return roles == null || roles.live();
    }

    @Override
    public boolean ready() {
        return roles != null && roles.ready();
    }

    @Override
    public void close() {
        roles.close();
        door.close();
    }
}

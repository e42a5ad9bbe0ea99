package io.weighbridge.app.life;

import io.weighbridge.app.http.Health;
import io.weighbridge.app.http.Listen;
import io.weighbridge.schemas.Settings;
import java.util.EnumSet;
import java.util.Map;

/** A process that runs some roles against a cluster, with health and metrics on a port of their own. */
public final class RoleProcess implements Health, AutoCloseable {

    private final FrontDoor door;
    private volatile Roles roles;
    private final int managementPort;

    private RoleProcess(EnumSet<Role> chosen, Settings settings, Listen management) {
        door = new FrontDoor(this, chosen, role -> roles.describe(role));
        managementPort = door.openManagement(management);
        roles = Roles.start(chosen, settings, door.meters());
    }

    /** Starts the roles; they join their groups while this returns. */
    public static RoleProcess start(EnumSet<Role> roles, Settings settings, Listen management) {
        return new RoleProcess(roles, settings, management);
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

package io.weighbridge.app.life;

import io.weighbridge.app.http.Health;
import io.weighbridge.app.http.Listen;
import io.weighbridge.app.http.StackInfo;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.index.IndexGateway;
import io.weighbridge.schemas.Settings;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/** A process that serves the page and API for a cluster and runs no role. */
public final class PageProcess implements Health, AutoCloseable {

    private final FrontDoor door;
    private final int port;

    private PageProcess(Settings settings, Listen page, Listen management) {
        door = new FrontDoor(this, EnumSet.noneOf(Role.class), Role::id, Optional::empty);
        AccessSettings access = AccessSettings.of(settings);
        door.openManagement(management);
        port = door.openPage(page, settings, stackInfo(settings), IndexGateway.of(settings, ""), access);
    }

    /**
     * Serves once this returns; what is in the topics appears as it is read.
     *
     * @throws IllegalArgumentException if the settings name no file of tokens
     */
    public static PageProcess start(Settings settings, Listen page, Listen management) {
        return new PageProcess(settings, page, management);
    }

    public int port() {
        return port;
    }

    @Override
    public Map<String, String> states() {
        return Map.of("feed", door.isFeedCurrent() ? "CURRENT" : "CATCHING_UP");
    }

    @Override
    public boolean live() {
        return true;
    }

    /** Whether the page shows what the topics held when it started, and reads on. */
    @Override
    public boolean ready() {
        return door.isFeedCurrent();
    }

    @Override
    public void close() {
        door.close();
    }

    private static StackInfo stackInfo(Settings settings) {
        return new StackInfo(
                Version.text(),
                settings.text("bootstrap.servers", ""),
                settings.text("schema.registry.url", ""),
                Map.of());
    }
}

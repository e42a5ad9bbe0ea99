package io.weighbridge.schemas;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** Topics whose schema registry lives in memory. */
public final class TestTopics {

    private TestTopics() {}

    /**
     * Settings with a registry and a state directory (below {@code target}) of their own; give the same settings to all that must
     * understand each other.
     */
    public static Settings mock() {
        String scope = UUID.randomUUID().toString();
        return new Settings(Map.of(
                "schema.registry.url",
                "mock://" + scope,
                "state.dir",
                Path.of("target", "streams", scope).toString()));
    }

    /** Topics with a registry of their own. */
    public static Topics mockTopics() {
        return Topics.of(mock());
    }
}

package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.embedded.TestCluster;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamagedStateTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<Role> ALL = List.of(Role.values());

    @TempDir
    private Path folder;

    @Test
    void shouldReadBackStateThatIsDamaged() throws Exception {
        var cluster = TestCluster.shared();
        cluster.createProductTopics(2);
        Settings settings = cluster.settings().with(Map.of("state.dir", folder.toString()));
        start(settings);
        assertThat(damage()).isPositive();
        start(settings);
    }

    private static void start(Settings settings) throws InterruptedException {
        try (var roles = Roles.start(ALL, settings, new SimpleMeterRegistry())) {
            assertThat(roles.awaitReady(PATIENCE)).isTrue();
        }
    }

    /** A store that does not find its list of files cannot be opened; those of the first partition stay whole. */
    private long damage() throws IOException {
        try (var files = Files.walk(folder)) {
            var pointers = files.filter(file -> file.endsWith("CURRENT"))
                    .filter(file -> file.toString().contains("_1/"))
                    .toList();
            for (Path pointer : pointers) {
                Files.writeString(pointer, "noise");
            }
            return pointers.size();
        }
    }
}

package io.weighbridge.app.life;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TopologyStateTest {

    @TempDir
    private Path folder;

    private final AtomicInteger removals = new AtomicInteger();
    private TopologyState state;

    @BeforeEach
    void name() {
        var streams = new Properties();
        streams.put("state.dir", folder.toString());
        streams.put("application.id", "site-matcher");
        state = TopologyState.of(streams, removals::incrementAndGet);
    }

    @Test
    void shouldKeepStateOfTheSameTopology() throws IOException {
        state.keepOnlyOf("read -> join");
        makeStore();
        state.keepOnlyOf("read -> join");

        assertThat(removals).hasValue(0);
    }

    @Test
    void shouldRemoveStateOfAnotherTopologyOnce() throws IOException {
        state.keepOnlyOf("read -> join");
        makeStore();
        state.keepOnlyOf("read -> filter -> join");
        state.keepOnlyOf("read -> filter -> join");

        assertThat(removals).hasValue(1);
    }

    @Test
    void shouldRemoveStateOfAVersionThatDidNotSayItsTopology() throws IOException {
        makeStore();

        state.keepOnlyOf("read -> join");

        assertThat(removals).hasValue(1);
        assertThat(folder.resolve("site-matcher").resolve(TopologyState.FILE)).hasContent("read -> join");
    }

    @Test
    void shouldRemoveNothingWhereThereIsNothing() throws IOException {
        Files.createDirectories(folder.resolve("site-matcher"));

        state.keepOnlyOf("read -> join");

        assertThat(removals).hasValue(0);
    }

    private void makeStore() throws IOException {
        Files.createDirectories(folder.resolve("site-matcher").resolve("0_1"));
    }
}

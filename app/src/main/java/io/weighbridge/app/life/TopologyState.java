package io.weighbridge.app.life;

import static io.weighbridge.schemas.LogEvent.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The local state of a role, and the topology that it belongs to. Kafka Streams names folders of state by the numbers that it gives to parts of
 * a topology. Another version may number them otherwise, and would take a folder for that of another part: so the state of another topology is
 * removed, and read back from the changelogs.
 */
final class TopologyState {

    /** Beside the folders of the tasks; Kafka Streams leaves it alone. */
    static final String FILE = "topology.txt";

    private static final Logger LOG = LoggerFactory.getLogger(TopologyState.class);

    private final Path folder;
    private final Runnable remove;

    private TopologyState(Path folder, Runnable remove) {
        this.folder = folder;
        this.remove = remove;
    }

    /**
     * Where a role with this configuration keeps its state.
     *
     * @param remove removes what is there
     */
    static TopologyState of(Properties streams, Runnable remove) {
        return new TopologyState(
                Path.of(streams.getProperty(StreamsConfig.STATE_DIR_CONFIG))
                        .resolve(streams.getProperty(StreamsConfig.APPLICATION_ID_CONFIG)),
                remove);
    }

    /**
     * Call before the role starts.
     *
     * @param topology as {@code Topology.describe()} tells it
     */
    void keepOnlyOf(String topology) {
        if (isOf(topology)) {
            return;
        }
        if (hasStores()) {
            LOG.info(
                    event("role.state.removed"),
                    "{}: the state here is of another topology; it is removed and read back from Kafka",
                    folder);
        }
        beginAnew(topology);
    }

    /** Removes what is there, whatever it belongs to. */
    void beginAnew(String topology) {
        try {
            if (hasStores()) {
                remove.run();
            }
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(FILE), topology);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": local state cannot be written", e);
        }
    }

    private boolean isOf(String topology) {
        try {
            Path file = folder.resolve(FILE);
            return Files.exists(file) && Files.readString(file).equals(topology);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": local state cannot be read", e);
        }
    }

    /** Kafka Streams makes the folder itself, with files of its own, before it starts. */
    private boolean hasStores() {
        if (!Files.exists(folder)) {
            return false;
        }
        try (var children = Files.list(folder)) {
            return children.anyMatch(Files::isDirectory);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": local state cannot be read", e);
        }
    }
}

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
final class LocalState {

    /** Beside the folders of the tasks; Kafka Streams leaves it alone. */
    static final String FILE = "topology.txt";

    private static final Logger LOG = LoggerFactory.getLogger(LocalState.class);

    private final Path folder;
    private final Runnable remove;

    private LocalState(Path folder, Runnable remove) {
        this.folder = folder;
        this.remove = remove;
    }

    /**
     * Where a role with this configuration keeps its state.
     *
     * @param remove removes what is there
     */
    static LocalState of(Properties streams, Runnable remove) {
        return new LocalState(
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
        try {
            Path file = folder.resolve(FILE);
            if (Files.exists(file) && Files.readString(file).equals(topology)) {
                return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": local state cannot be read", e);
        }
        if (Files.exists(folder)) {
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
            if (Files.exists(folder)) {
                remove.run();
            }
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(FILE), topology);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": local state cannot be written", e);
        }
    }
}

package io.weighbridge.app.embedded;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * A real Kafka broker in this process: one KRaft node, broker and controller in one, on the loopback address, with its data in a folder that
 * outlives it. Speaks plaintext to every local user; not for machines that are shared with people one does not trust.
 *
 * <p>The only class that touches Kafka's server internals, which may change with any release: the version is pinned.
 */
public final class Broker implements AutoCloseable {

    private static final int NODE_ID = 1;
    private static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** The file that Kafka leaves in a folder that it closed, and takes away when it opens it. */
    private static final String CLEANLY_CLOSED = ".kafka_cleanshutdown";

    private final FolderLock lock;
    private final KafkaRaftServer server;
    private final String bootstrapServers;

    private Broker(FolderLock lock, KafkaRaftServer server, String bootstrapServers) {
        this.lock = lock;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
    }

    /** Starts a broker with its usual settings. */
    public static Broker start(Path dataDir, int brokerPort) throws IOException {
        return start(dataDir, brokerPort, Map.of());
    }

    /**
     * Starts a broker and returns when it can be used.
     *
     * @param dataDir made if missing; used by one process at a time
     * @param brokerPort 0 for any free port; may be another than last time
     * @param settings Kafka broker settings that win over the usual ones
     * @throws java.net.BindException if the port is taken; nothing was started or written then
     * @throws IOException if the folder is in use, or cannot be written
     */
    public static Broker start(Path dataDir, int brokerPort, Map<String, String> settings) throws IOException {
        int port = Ports.free(brokerPort, "broker");
        int controllerPort = Ports.free(0, "controller");
        FolderLock lock = FolderLock.on(dataDir);
        try {
            Path logDir = Files.createDirectories(dataDir.resolve("log"));
            if (isFormatted(logDir)) {
                retireIfKilled(logDir, controllerPort);
            } else {
                format(logDir);
            }
            Properties config = BrokerSettings.of(NODE_ID, port, controllerPort, logDir);
            config.putAll(settings);
            return new Broker(lock, started(KafkaConfig.fromProps(config)), Ports.LOOPBACK + ":" + port);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static KafkaRaftServer started(KafkaConfig config) {
        var server = new KafkaRaftServer(config, Time.SYSTEM);
        try {
            server.startup();
            return server;
        } catch (RuntimeException e) {
            server.shutdown();
            throw e;
        }
    }

    /** {@code 127.0.0.1:PORT}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Closes the logs in order, so that the next start has nothing to recover. */
    @Override
    public void close() throws IOException {
        try {
            server.shutdown();
            server.awaitShutdown();
        } finally {
            lock.close();
        }
    }

    private static boolean isFormatted(Path logDir) {
        return Files.exists(logDir.resolve("meta.properties"));
    }

    /**
     * Has the controller forget a broker that was killed, before the broker starts again. Otherwise the controller takes it for alive until
     * its session ends; meanwhile the new one ends transactions of before, and when the session does end, no partition has a leader for a
     * moment. Kafka 4.3 takes a partition without a leader for deleted, and never ends the transaction there
     * (docs/adr/0005-embedded-broker-and-registry.md).
     */
    private static void retireIfKilled(Path logDir, int controllerPort) throws IOException {
        if (Files.exists(logDir.resolve(CLEANLY_CLOSED))) {
            return;
        }
        var controller = started(KafkaConfig.fromProps(BrokerSettings.ofController(NODE_ID, controllerPort, logDir)));
        try (var admin = Admin.create(Map.of("bootstrap.controllers", Ports.LOOPBACK + ":" + controllerPort))) {
            admin.unregisterBroker(NODE_ID).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof BrokerIdNotRegisteredException)) {
                throw new IOException(
                        "data folder " + logDir + ": " + e.getCause().getMessage(), e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("data folder " + logDir + ": interrupted");
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static void format(Path logDir) throws IOException {
        try (var silence = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(silence)
                    .setNodeId(NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setControllerListenerName(CONTROLLER_LISTENER)
                    .setReleaseVersion(MetadataVersion.latestProduction())
                    .setDirectories(List.of(logDir.toString()))
                    .setMetadataLogDirectory(logDir.toString())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("data folder " + logDir + ": cannot be formatted for Kafka: " + e.getMessage(), e);
        }
    }
}

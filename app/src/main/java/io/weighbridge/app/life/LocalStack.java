package io.weighbridge.app.life;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.KeptFilesSettings;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.embedded.Broker;
import io.weighbridge.app.embedded.SchemaRegistry;
import io.weighbridge.app.http.Health;
import io.weighbridge.app.http.Listen;
import io.weighbridge.app.http.StackInfo;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.index.IndexGateway;
import io.weighbridge.app.index.Restoring;
import io.weighbridge.app.operate.transaction.OpenTransactions;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything on one machine, in one JVM: a real broker, a schema registry, the three roles, and the page. */
public final class LocalStack implements Health, AutoCloseable {

    /** Setting: see the hasher's. */
    public static final String FILE_ROOTS = "weighbridge.fetch.file.roots";

    /** The root of all folders: on one machine whoever uploads can read its files anyway. */
    public static final String ALL_FILES = "/";

    private static final Logger LOG = LoggerFactory.getLogger(LocalStack.class);
    private static final Duration READY = Duration.ofSeconds(90);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Consumer<String> progress;
    private final long startedAt = System.nanoTime();
    private volatile Roles roles;

    private LocalStack(Consumer<String> progress) {
        this.progress = progress;
    }

    /**
     * Starts all parts and returns when the roles are ready.
     *
     * @param settings with {@code bootstrap.servers} and {@code schema.registry.url} at the given ports
     * @param data holds all state; created if missing
     * @param access who may use the page and API
     * @param progress told a line for each part that is up
     * @throws IOException if the folder cannot be used
     */
    public static LocalStack start(
            Settings settings, Path data, Ports ports, AccessSettings access, Consumer<String> progress)
            throws IOException, InterruptedException {
        var stack = new LocalStack(progress);
        try {
            stack.startAll(settings, data, ports, access);
            return stack;
        } catch (IOException | InterruptedException | RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    private void startAll(Settings settings, Path data, Ports ports, AccessSettings access)
            throws IOException, InterruptedException {
        Files.createDirectories(data);
        add(Broker.start(data.resolve("broker"), ports.broker()));
        tell("Kafka broker (KRaft) on " + ports.bootstrapServers());
        add(SchemaRegistry.start(ports.bootstrapServers(), ports.registry()));
        tell("schema registry on " + ports.registryUrl());
        var cluster = Cluster.connect(settings);
        new TopicAdmin(cluster).create();
        endHanging(cluster);
        Settings local = localSettings(settings, data, ports);
        var all = EnumSet.allOf(Role.class);
        var door = new FrontDoor(
                this, all, role -> roles.describe(role), () -> roles == null ? Optional.empty() : roles.index());
        add(door);
        roles = Roles.start(all, local, door.meters());
        add(roles);
        door.openManagement(Listen.loopback(ports.management()));
        door.openPage(
                Listen.loopback(ports.http()),
                local,
                stackInfo(ports),
                IndexGateway.of(local, ports.managementAddress()),
                access);
        roles.requireReady(READY);
        tell("hasher, matcher and alerting are running");
        tell("page and API on " + ports.httpUrl() + ", health and metrics on " + ports.managementUrl());
    }

    /** Left by brokers that were killed; nobody else writes to this one, so what its coordinator does not know is nobody's. */
    private static void endHanging(Cluster cluster) {
        try (var admin = cluster.admin()) {
            var open = new OpenTransactions(cluster, admin, Clock.systemUTC());
            for (var transaction : open.find().transactions()) {
                if (transaction.isHanging()) {
                    open.abort(transaction);
                    LOG.warn(event("transaction.hanging.ended"), "{}: aborted", transaction.text());
                }
            }
        } catch (KafkaException e) {
            LOG.warn(event("transaction.hanging.unknown"), "transactions could not be looked at: {}", e.toString());
        }
    }

    private static StackInfo stackInfo(Ports ports) {
        return new StackInfo(
                Version.text(),
                ports.bootstrapServers(),
                ports.registryUrl(),
                Map.of("broker", ports.broker(), "registry", ports.registry(), "management", ports.management()));
    }

    /** Files of this machine may be read, and state lies in the data folder, unless the user says otherwise. */
    private static Settings localSettings(Settings settings, Path data, Ports ports) {
        var local = new LinkedHashMap<String, String>();
        local.put(FILE_ROOTS, settings.text(FILE_ROOTS, ALL_FILES));
        local.put(
                "weighbridge.fetch.spool.dir",
                settings.text(
                        "weighbridge.fetch.spool.dir", data.resolve("spool").toString()));
        local.put(
                StreamsConfig.APPLICATION_SERVER_CONFIG,
                settings.text(StreamsConfig.APPLICATION_SERVER_CONFIG, ports.managementAddress()));
        local.put(
                KeptFilesSettings.FOLDER,
                settings.text(KeptFilesSettings.FOLDER, data.resolve("files").toString()));
        local.put("state.dir", settings.text("state.dir", data.resolve("state").toString()));
        return settings.with(local);
    }

    @Override
    public Map<String, String> states() {
        return roles == null ? Map.of() : roles.states();
    }

    @Override
    public Map<String, Restoring> restoring(String role) {
        return roles == null ? Map.of() : roles.restoring(role);
    }

    @Override
    public boolean live() {
        return roles == null || roles.live();
    }

    @Override
    public boolean ready() {
        return roles != null && roles.ready();
    }

    /** Closes the parts in the opposite order; one that fails does not keep the others from closing. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            Closing.quietly(parts.pop());
        }
    }

    private void add(AutoCloseable part) {
        parts.push(part);
    }

    private void tell(String what) {
        double seconds = (System.nanoTime() - startedAt) / 1e9;
        progress.accept(String.format(Locale.ROOT, "%5.1f s  %s", seconds, what));
    }
}

package io.weighbridge.app.bench.pipeline;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.embedded.Broker;
import io.weighbridge.app.embedded.SchemaRegistry;
import io.weighbridge.app.life.Role;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Utils;

/** A broker and a registry of this process with empty topics, in a folder for temporary files that goes with them; and processes of roles on them. */
public final class Stage implements AutoCloseable {

    /** How long an instance may take until it is ready. */
    public static final Duration READY = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(100);

    /** A dead instance is noticed soon; what was repartitioned stays, to be weighed; few models may be copied often. */
    private static final Map<String, String> SETTINGS = Map.of(
            "session.timeout.ms", "6000",
            "heartbeat.interval.ms", "1500",
            "repartition.purge.interval.ms", "3600000",
            "weighbridge.matcher.flood.share", "1",
            "weighbridge.sink.log", "false");

    private final Path folder;
    private final Map<String, String> settings;
    private final Broker broker;
    private final SchemaRegistry registry;
    private final Cluster cluster;

    private Stage(Path folder, Map<String, String> settings, Broker broker, SchemaRegistry registry) {
        this.folder = folder;
        this.settings = settings;
        this.broker = broker;
        this.registry = registry;
        cluster = Cluster.connect(new Settings(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "schema.registry.url", registry.url())));
        new TopicAdmin(cluster).create();
    }

    /**
     * Starts it.
     *
     * @param settings of the roles
     */
    public static Stage open(Map<String, String> settings) throws IOException {
        var all = new HashMap<>(SETTINGS);
        all.putAll(settings);
        Path folder = Files.createTempDirectory("weighbridge-bench");
        var broker = Broker.start(folder.resolve("broker"), 0);
        return new Stage(folder, all, broker, SchemaRegistry.start(broker.bootstrapServers(), 0));
    }

    /** Leads to the broker and registry. */
    public Cluster cluster() {
        return cluster;
    }

    Path folder() {
        return folder;
    }

    /** A process with a data folder of that name. */
    public RoleInstance instance(String name, Role... roles) throws IOException {
        return RoleInstance.start(cluster.settings(), data(name), settings, List.of("-Xmx2g"), roles);
    }

    /** Loses the state of an instance that is dead. */
    void deleteData(String name) throws IOException {
        Utils.delete(data(name).toFile());
    }

    private Path data(String name) {
        return folder.resolve(name);
    }

    /** Waits until the cluster has noticed that every matcher is gone. */
    void awaitNoMatchers() throws InterruptedException, IOException {
        String group = RoleConfig.applicationPrefix(cluster.settings()) + "-" + Role.MATCHER.id();
        try (var admin = cluster.admin()) {
            while (!admin.describeConsumerGroups(List.of(group))
                    .all()
                    .get()
                    .get(group)
                    .members()
                    .isEmpty()) {
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
        } catch (ExecutionException e) {
            throw new IOException("members of " + group + ": " + e.getCause().getMessage(), e);
        }
    }

    /** What is in each topic now. */
    Map<String, TopicVolume> volumes() throws IOException, InterruptedException {
        return TopicVolume.ofAll(cluster);
    }

    @Override
    public void close() throws IOException {
        registry.close();
        broker.close();
        Utils.delete(folder.toFile());
    }
}

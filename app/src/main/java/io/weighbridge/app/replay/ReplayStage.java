package io.weighbridge.app.replay;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.Drain;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.embedded.Broker;
import io.weighbridge.app.embedded.SchemaRegistry;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.Roles;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;

/** A broker, a registry and matchers of a replay's own: nothing of the live system is touched. */
final class ReplayStage implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final String PENDING = "weighbridge.index.pending";

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Path folder;
    private final Settings settings;
    private final Cluster cluster;
    private final Deque<SimpleMeterRegistry> meters = new ArrayDeque<>();
    private final Deque<Roles> matchers = new ArrayDeque<>();

    private ReplayStage(Path folder, Settings live, Map<String, String> policy) throws IOException {
        this.folder = folder;
        var broker = Broker.start(folder.resolve("broker"), 0);
        parts.push(broker);
        var registry = SchemaRegistry.start(broker.bootstrapServers(), 0);
        parts.push(registry);
        settings = own(live, policy, broker.bootstrapServers(), registry.url());
        cluster = Cluster.connect(settings);
        new TopicAdmin(cluster).create();
    }

    /**
     * Starts the broker; what was in the folder before is still there.
     *
     * @param live settings of the live system, of which those of the matcher hold
     * @param policy settings that hold instead
     */
    static ReplayStage open(Path folder, Settings live, Map<String, String> policy) throws IOException {
        return new ReplayStage(folder, live, policy);
    }

    /** Quarantine depends on what came when and where, so a replay has none; the diff tells what was held then. */
    private static Settings own(Settings live, Map<String, String> policy, String servers, String registryUrl) {
        var own = new LinkedHashMap<String, String>();
        live.names("weighbridge.matcher.").forEach(name -> own.put(name, live.text(name, "")));
        own.put("weighbridge.matcher.flood.share", "1");
        own.putAll(policy);
        own.put("bootstrap.servers", servers);
        own.put("schema.registry.url", registryUrl);
        own.put(RoleConfig.APPLICATION_PREFIX, "weighbridge-replay");
        return new Settings(own);
    }

    Cluster cluster() {
        return cluster;
    }

    /** The settings that matchers run with. */
    Settings settings() {
        return settings;
    }

    void startMatchers(int instances) throws IOException, InterruptedException {
        for (int i = 0; i < instances; i++) {
            var registry = new SimpleMeterRegistry();
            var matcher = Roles.start(
                    Set.of(Role.MATCHER),
                    settings.with(Map.of(
                            StreamsConfig.STATE_DIR_CONFIG,
                            folder.resolve("state-" + i).toString(),
                            StreamsConfig.APPLICATION_SERVER_CONFIG,
                            "replay-" + i + ":1")),
                    registry);
            meters.push(registry);
            matchers.push(matcher);
            if (!matcher.awaitReady(READY)) {
                throw new IOException("matcher " + i + ": not ready within " + READY.toMinutes() + " minutes");
            }
        }
    }

    /** Waits until the matchers have read all that is there, and all their searches are done. */
    void drain(Duration patience) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        try (Admin admin = cluster.admin()) {
            var drain = Drain.ofMatcher(admin, settings);
            do {
                if (System.nanoTime() > end || !drain.await(Duration.ofNanos(end - System.nanoTime()))) {
                    throw new IOException("the matchers have not read all within " + patience.toMinutes() + " minutes");
                }
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            } while (pending() > 0);
        }
    }

    /** Ends the matchers, which commit all that they have found. */
    void stopMatchers() {
        while (!matchers.isEmpty()) {
            matchers.pop().close();
        }
    }

    private double pending() {
        return meters.stream()
                .flatMap(registry -> registry.find(PENDING).gauges().stream())
                .mapToDouble(Gauge::value)
                .sum();
    }

    @Override
    public void close() throws IOException {
        stopMatchers();
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (IOException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IOException(e);
            }
        }
    }
}

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
import io.weighbridge.app.life.Shutdown;
import io.weighbridge.app.progress.Progress;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.StreamsConfig;

/** A broker, a registry and roles of a replay's own: nothing of the live system is touched. */
final class ReplayStage implements AutoCloseable {

    private static final Duration READY = Duration.ofMinutes(5);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LOOK = Duration.ofSeconds(5);
    private static final String PENDING = "weighbridge.index.pending";

    /** Records keep the time that they had then: a topic that kept them for months would lose what was copied, and what follows from it. */
    private static final String RETENTION = "P36500D";

    /** What decides what the roles find. */
    private static final List<String> LIVE_SETTINGS = List.of(
            "weighbridge.matcher.",
            "weighbridge.hash.",
            "weighbridge.scan.",
            "weighbridge.fetch.",
            "weighbridge.read.");

    private final Shutdown shutdown = Shutdown.ofWork();
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final Path folder;
    private final Set<Role> roles;
    private final Settings settings;
    private final Cluster cluster;
    private final Deque<SimpleMeterRegistry> meters = new ArrayDeque<>();
    private final Deque<Roles> running = new ArrayDeque<>();

    private ReplayStage(Path folder, Settings live, ReplayPlan plan) throws IOException {
        this.folder = folder;
        roles = plan.input() == ReplayInput.CODES ? EnumSet.of(Role.MATCHER) : EnumSet.of(Role.HASHER, Role.MATCHER);
        var broker = Broker.start(folder.resolve("broker"), 0);
        parts.push(broker);
        var registry = SchemaRegistry.start(broker.bootstrapServers(), 0);
        parts.push(registry);
        settings = own(live, plan.policy(), broker.bootstrapServers(), registry.url());
        cluster = Cluster.connect(settings);
        new TopicAdmin(cluster).create();
    }

    /**
     * Starts the broker; what was in the folder before is still there.
     *
     * @param live settings of the live system, of which those that decide what is found hold
     */
    static ReplayStage open(Path folder, Settings live, ReplayPlan plan) throws IOException {
        return new ReplayStage(folder, live, plan);
    }

    /** Quarantine depends on what came when and where, so a replay has none; the diff tells what was held then. */
    private Settings own(Settings live, Map<String, String> policy, String servers, String registryUrl) {
        var own = new LinkedHashMap<String, String>();
        LIVE_SETTINGS.forEach(prefix -> live.names(prefix).forEach(name -> own.put(name, live.text(name, ""))));
        own.put("weighbridge.matcher.flood.share", "1");
        own.putAll(policy);
        own.put("bootstrap.servers", servers);
        own.put("schema.registry.url", registryUrl);
        own.put(RoleConfig.APPLICATION_PREFIX, "weighbridge-replay");
        own.put(TopicAdmin.RETENTION, RETENTION);
        own.put("weighbridge.fetch.spool.dir", folder.resolve("spool").toString());
        return new Settings(own);
    }

    Cluster cluster() {
        return cluster;
    }

    /** The settings that the roles run with. */
    Settings settings() {
        return settings;
    }

    /** Starts the roles, so many instances of each, and returns when they are ready. */
    void start(int instances) throws IOException, InterruptedException {
        for (int i = 0; i < instances; i++) {
            var registry = new SimpleMeterRegistry();
            var instance = Roles.start(
                    roles,
                    settings.with(Map.of(
                            StreamsConfig.STATE_DIR_CONFIG,
                            folder.resolve("state-" + i).toString(),
                            StreamsConfig.APPLICATION_SERVER_CONFIG,
                            "replay-" + i + ":1")),
                    registry);
            meters.push(registry);
            running.push(instance);
            instance.requireReady(READY);
        }
    }

    /**
     * Waits until the matchers have read all that is there, and all their searches are done.
     *
     * @throws IOException if a role fails, the clock is set back, or the time is over first
     */
    void drainMatchers(Duration patience, Progress progress, String step) throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        progress.at(step, 0, 1);
        try (Admin admin = cluster.admin()) {
            var drain = Drain.ofMatcher(admin, settings);
            boolean isRead;
            do {
                isRead = drain.await(LOOK);
                requireRunning(end, "the matchers have not read all within " + patience.toMinutes() + " minutes");
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            } while (!isRead || pending() > 0);
        }
        progress.at(step, 1, 1);
    }

    /**
     * Waits for outcomes, which are committed with the codes that they tell of.
     *
     * @param expected how many outcomes there will be in all
     * @throws IOException if a role fails, the clock is set back, or the time is over first
     */
    void drainHashers(int expected, Duration patience, Progress progress, String step)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        var done = new AtomicInteger();
        var outcomes = cluster.reader().follow(cluster.topics().scanOutcomes(), true, entry -> done.incrementAndGet());
        try (outcomes) {
            while (done.get() < expected) {
                outcomes.check();
                requireRunning(end, "the hashers have not hashed all within " + patience.toMinutes() + " minutes");
                progress.at(step, done.get(), expected);
                TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
            }
        }
        progress.at(step, expected, expected);
    }

    private void requireRunning(long deadline, String late) throws IOException {
        for (var instance : running) {
            instance.requireLive();
        }
        var end = shutdown.needed();
        if (end.isPresent()) {
            throw new IOException(end.get());
        }
        if (System.nanoTime() > deadline) {
            throw new IOException(late);
        }
    }

    /** Ends the roles, which commit all that they have found. */
    void stop() {
        while (!running.isEmpty()) {
            running.pop().close();
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
        stop();
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

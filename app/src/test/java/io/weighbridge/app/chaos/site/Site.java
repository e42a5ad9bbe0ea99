package io.weighbridge.app.chaos.site;

import io.weighbridge.app.bench.pipeline.ChildJvm.Launch;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.life.Role;
import io.weighbridge.schemas.Settings;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** An installation of the product on this machine, each part in a process of its own. */
public final class Site implements AutoCloseable {

    /** What every role gets: the dead noticed soon, little memory, files from this machine, and no alert held back for being one of many. */
    private static final Map<String, String> ROLE_SETTINGS = Map.ofEntries(
            Map.entry("session.timeout.ms", "6000"),
            Map.entry("heartbeat.interval.ms", "1000"),
            Map.entry("weighbridge.fetch.allow.private.addresses", "true"),
            Map.entry("weighbridge.fetch.max.bytes", String.valueOf(1 << 20)),
            Map.entry("weighbridge.fetch.backoff", "PT0.2S"),
            Map.entry("weighbridge.scan.threads", "8"),
            Map.entry("weighbridge.matcher.partitions", "4"),
            Map.entry("weighbridge.matcher.flood.share", "1"),
            Map.entry("weighbridge.sink.log", "false"));

    /** Enough for a broker that comes back after a minute: no upload event is given up. */
    private static final Map<String, String> CLIENT_SETTINGS =
            Map.of("max.block.ms", "180000", "delivery.timeout.ms", "180000");

    private static final List<String> SMALL = List.of("-XX:TieredStopAtLevel=1", "-Xms192m", "-Xmx192m");

    private static final Duration STARTING = Duration.ofMinutes(5);

    private final SitePlan plan;
    private final Path folder;
    private final Brokers brokers;
    private final Server registry;
    private final RegistryProxy proxy;
    private final Settings roleCluster;
    private final Cluster cluster;
    private final List<Member> members = new ArrayList<>();
    private final Map<Role, Integer> joined = new EnumMap<>(Role.class);
    private final AtomicInteger deaths = new AtomicInteger();

    private Site(SitePlan plan, Path folder) throws IOException {
        this.plan = plan;
        this.folder = Files.createDirectories(folder);
        int registryPort = FreePorts.one();
        var launch = launch(plan.brokerEnvironment(), "broker");
        brokers = plan.nodes() == 1
                ? Brokers.embedded(plan, folder, launch)
                : Brokers.cluster(plan.nodes(), folder, launch);
        registry = new Server(
                "registry",
                RegistryMain.class,
                List.of(brokers.bootstrapServers(), Integer.toString(registryPort)),
                folder,
                launch(plan.environment(), "registry"));
        proxy = RegistryProxy.before(URI.create("http://127.0.0.1:" + registryPort));
        roleCluster = new Settings(
                Map.of("bootstrap.servers", brokers.bootstrapServers(), "schema.registry.url", proxy.url()));
        cluster = Cluster.of(roleCluster.with(CLIENT_SETTINGS));
    }

    /** Starts all of it and returns when every instance is ready. */
    public static Site start(SitePlan plan, Path folder) throws IOException, InterruptedException {
        var site = new Site(plan, folder);
        try {
            site.brokers.start();
            site.registry.start();
            new TopicAdmin(Cluster.of(site.roleCluster.with(plan.roleSettings()))).create();
            for (Role role : Role.values()) {
                for (int i = 1; i <= plan.instances(role); i++) {
                    site.join(role).start();
                    site.awaitFirstReady();
                }
            }
            return site;
        } catch (IOException | InterruptedException | RuntimeException e) {
            site.close();
            throw e;
        }
    }

    /** A further instance of a role, not started yet. */
    public synchronized Member join(Role role) throws IOException {
        int number = joined.merge(role, 1, Integer::sum);
        String name = role.id() + "-" + number;
        Path beside = folder.resolve(name);
        Path data = number == 1 ? plan.roleData(role).orElse(beside) : beside;
        var settings = new HashMap<>(ROLE_SETTINGS);
        settings.put("weighbridge.fetch.spool.dir", data.resolve("spool").toString());
        settings.putAll(plan.roleSettings());
        var launch =
                launch(plan.environment(), name, "-Djava.io.tmpdir=" + Files.createDirectories(beside.resolve("tmp")));
        var member = new Member(
                name,
                role,
                data,
                roleCluster,
                settings,
                plan.olderJar().map(jar -> ofJar(jar, launch)).orElse(launch));
        members.add(member);
        return member;
    }

    /** Takes an instance out for good. */
    public synchronized void leave(Member member) {
        members.remove(member);
    }

    public synchronized List<Member> members() {
        return List.copyOf(members);
    }

    public List<Member> members(Role role) {
        return members().stream().filter(member -> member.role() == role).toList();
    }

    /** The only broker, or the first. */
    public Server broker() {
        return brokers().get(0);
    }

    public List<Server> brokers() {
        return brokers.servers();
    }

    public Server registry() {
        return registry;
    }

    public RegistryProxy proxy() {
        return proxy;
    }

    /** As clients see it. */
    public Cluster cluster() {
        return cluster;
    }

    /** Data folders, logs and words of all processes. */
    public Path folder() {
        return folder;
    }

    /** Starts what has ended by itself, as a supervisor of processes does. */
    public void revive() throws IOException, InterruptedException {
        for (var broker : brokers()) {
            if (!broker.isAlive()) {
                deaths.incrementAndGet();
                broker.start();
            }
        }
        for (var member : members()) {
            if (member.hasDied()) {
                deaths.incrementAndGet();
                member.start();
            }
        }
    }

    /** One after the other: on a machine that is busy starting processes, each may wait for the broker in vain, and give up. */
    private void awaitFirstReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + STARTING.toNanos();
        while (!isReady()) {
            if (System.nanoTime() > end) {
                throw new IOException("site: not ready within " + STARTING.toSeconds() + " s; see " + folder);
            }
            revive();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        deaths.set(0);
    }

    /** How often something had to be revived since it was first ready. */
    public int deaths() {
        return deaths.get();
    }

    public boolean isReady() throws InterruptedException {
        for (var member : members()) {
            if (!member.isReady()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        members().stream().filter(Member::isUp).forEach(Member::kill);
        proxy.close();
        Stream.concat(Stream.of(registry), brokers().stream())
                .filter(Server::isAlive)
                .forEach(Server::kill);
    }

    private Launch launch(Map<String, String> more, String name, String... jvm) {
        var environment = new HashMap<>(Map.of("WEIGHBRIDGE_LOG", "WARN", "WEIGHBRIDGE_LOG_KAFKA", "WARN"));
        environment.putAll(more);
        var options = Stream.concat(SMALL.stream(), Stream.of(jvm)).toList();
        return Launch.ofThisVersion(options, environment, Optional.of(folder.resolve(name + ".log")));
    }

    /** Its libraries are beside it, as a build leaves them. */
    private static Launch ofJar(Path jar, Launch launch) {
        String classPath = jar + File.pathSeparator + jar.resolveSibling("lib").resolve("*");
        return new Launch(classPath, launch.jvm(), launch.environment(), launch.errors());
    }
}

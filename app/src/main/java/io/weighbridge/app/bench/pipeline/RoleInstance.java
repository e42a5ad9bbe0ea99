package io.weighbridge.app.bench.pipeline;

import io.weighbridge.app.Main;
import io.weighbridge.app.bench.pipeline.ChildJvm.Launch;
import io.weighbridge.app.life.Role;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Some roles in a process of their own, as {@code run} starts them; it can be killed as a machine would die. */
public final class RoleInstance implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);

    private static final Pattern LISTENS = Pattern.compile("health and metrics on ([0-9.]+:[0-9]+);");

    private final ChildJvm process;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private RoleInstance(ChildJvm process) {
        this.process = process;
    }

    /**
     * Starts this very program, which speaks of errors where this process does.
     *
     * @param jvmOptions such as the size of the heap
     */
    public static RoleInstance start(
            Settings cluster, Path data, Map<String, String> more, List<String> jvmOptions, Role... roles)
            throws IOException {
        return start(cluster, data, more, Launch.ofThisVersion(jvmOptions, Map.of(), Optional.empty()), roles);
    }

    /**
     * Starts the program of a class path.
     *
     * @param cluster settings that lead to the cluster
     * @param data of this instance alone
     * @param more settings of the roles; they win
     */
    public static RoleInstance start(
            Settings cluster, Path data, Map<String, String> more, Launch launch, Role... roles) throws IOException {
        Files.createDirectories(data);
        var properties = new Properties();
        properties.putAll(cluster.kafka());
        properties.putAll(more);
        Path config = data.resolve("roles.properties");
        try (var writer = Files.newBufferedWriter(config)) {
            properties.store(writer, null);
        }
        var arguments = new ArrayList<String>();
        arguments.add("run");
        for (var role : roles) {
            arguments.add(role.id());
        }
        arguments.addAll(List.of("--config", config.toString(), "--data", data.toString()));
        arguments.addAll(List.of("--management-port", "0"));
        return new RoleInstance(ChildJvm.start(Main.class.getName(), arguments, data.resolve("roles.txt"), launch));
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /**
     * Waits until it has tasks, and all their stores are restored.
     *
     * @throws IOException if it ends first, or the time does
     */
    public void awaitReady(Duration timeout) throws IOException, InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!isReady()) {
            if (!isAlive()) {
                throw new IOException(
                        "role process: ended with exit code " + process.exitCode() + " before it was ready");
            }
            if (System.nanoTime() > end) {
                throw new IOException("role process: not ready within " + timeout.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
    }

    /** Whether it has tasks, and all their stores are restored, at this moment. */
    public boolean isReady() throws InterruptedException {
        try {
            return get("/readyz").statusCode() == 200;
        } catch (IOException e) {
            return false; // it does not listen yet
        }
    }

    /** The sum over all tasks of a gauge or counter. */
    public double metric(String name) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + management() + path))
                .timeout(Duration.ofSeconds(10))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Where it says that it listens. */
    private String management() throws IOException {
        var said = LISTENS.matcher(process.words());
        if (!said.find()) {
            throw new IOException("role process: has not said where it listens");
        }
        return said.group(1);
    }

    /** As SIGKILL does: no hook runs, nothing is committed. */
    public void kill() {
        process.kill();
    }

    /** As SIGTERM does; returns when it has ended. */
    public void terminate() {
        process.terminate();
    }

    @Override
    public void close() {
        terminate();
    }
}

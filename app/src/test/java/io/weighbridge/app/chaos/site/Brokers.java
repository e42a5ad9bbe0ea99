package io.weighbridge.app.chaos.site;

import io.weighbridge.app.bench.pipeline.ChildJvm.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.common.Uuid;

/** The brokers of an installation: the embedded one, or nodes of Kafka that hold copies for one another. */
final class Brokers {

    private final List<Server> servers;
    private final String bootstrapServers;

    private Brokers(List<Server> servers, List<Integer> ports) {
        this.servers = List.copyOf(servers);
        this.bootstrapServers = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
    }

    /** The broker of {@code up}. */
    static Brokers embedded(SitePlan plan, Path folder, Launch launch) throws IOException {
        int port = FreePorts.one();
        var arguments = new ArrayList<>(
                List.of(plan.brokerData().orElse(folder.resolve("broker")).toString(), Integer.toString(port)));
        plan.brokerSettings().forEach((name, value) -> arguments.add(name + "=" + value));
        return new Brokers(List.of(new Server("broker", BrokerMain.class, arguments, folder, launch)), List.of(port));
    }

    /** As many nodes, each a broker and a voter of the controllers' quorum. */
    static Brokers cluster(int nodes, Path folder, Launch launch) throws IOException {
        var ports = new ArrayList<Integer>();
        var controllers = new ArrayList<String>();
        for (int node = 1; node <= nodes; node++) {
            ports.add(FreePorts.one());
            controllers.add(node + "@127.0.0.1:" + FreePorts.one());
        }
        String cluster = Uuid.randomUuid().toString();
        var servers = new ArrayList<Server>();
        for (int node = 1; node <= nodes; node++) {
            var arguments = List.of(
                    folder.resolve("broker-" + node).toString(),
                    cluster,
                    Integer.toString(node),
                    Integer.toString(ports.get(node - 1)),
                    String.join(",", controllers));
            servers.add(new Server("broker-" + node, NodeMain.class, arguments, folder, launch));
        }
        return new Brokers(servers, ports);
    }

    List<Server> servers() {
        return servers;
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    /** All at once, since none is ready before most are there. */
    void start() throws IOException, InterruptedException {
        var starting = Executors.newFixedThreadPool(servers.size());
        try {
            var started = new ArrayList<Future<?>>();
            for (var server : servers) {
                started.add(starting.submit(() -> {
                    server.start();
                    return null;
                }));
            }
            for (var future : started) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("brokers: " + e.getCause().getMessage(), e.getCause());
        } finally {
            starting.shutdownNow();
        }
    }
}

package io.weighbridge.app.cli.operate;

import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.embedded.Broker;
import io.weighbridge.app.embedded.SchemaRegistry;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A broker and a registry of a test's own, with the topics of the product, and an operator at the command line. */
final class OperateStage implements AutoCloseable {

    private final Path folder;
    private final Broker broker;
    private final SchemaRegistry registry;
    private final Cluster cluster;
    private String out = "";
    private String err = "";

    private OperateStage(Path folder, Broker broker, SchemaRegistry registry, Map<String, String> more) {
        this.folder = folder;
        this.broker = broker;
        this.registry = registry;
        var settings = new TreeMap<>(more);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("schema.registry.url", registry.url());
        settings.put("state.dir", folder.resolve("state").toString());
        settings.putIfAbsent("weighbridge.sink.log", "false");
        cluster = Cluster.connect(new Settings(settings));
        new TopicAdmin(cluster).create();
    }

    /** @param settings for the roles, beside the addresses */
    static OperateStage start(Path folder, Map<String, String> settings) throws IOException {
        var broker = Broker.start(folder.resolve("broker"), 0);
        return new OperateStage(folder, broker, SchemaRegistry.start(broker.bootstrapServers(), 0), settings);
    }

    Cluster cluster() {
        return cluster;
    }

    Settings settings() {
        return cluster.settings();
    }

    Path folder() {
        return folder;
    }

    SchemaRegistry registry() {
        return registry;
    }

    Broker broker() {
        return broker;
    }

    /** Runs a command against the cluster; returns its exit code. */
    int run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", broker.bootstrapServers(), "--schema-registry", registry.url()));
        return runAlone(all.toArray(String[]::new));
    }

    /** Runs a command with its own idea of the cluster. */
    int runAlone(String... arguments) {
        var outWriter = new StringWriter();
        var errWriter = new StringWriter();
        int code = Weighbridge.commandLine()
                .setOut(new PrintWriter(outWriter))
                .setErr(new PrintWriter(errWriter))
                .execute(arguments);
        out = outWriter.toString().strip();
        err = errWriter.toString().strip();
        return code;
    }

    /** What the last command printed. */
    String out() {
        return out;
    }

    /** What the last command complained of. */
    String err() {
        return err;
    }

    /** Writes a record, and returns once the broker has it. */
    <V> void write(Topic<String, V> topic, String key, V value) {
        try (var producer = new BulkProducer(cluster)) {
            producer.send(topic, key, value, Instant.now());
            producer.flush();
        }
    }

    @Override
    public void close() throws IOException {
        registry.close();
        broker.close();
    }
}

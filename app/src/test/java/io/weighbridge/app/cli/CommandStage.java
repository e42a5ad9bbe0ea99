package io.weighbridge.app.cli;

import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.embedded.Broker;
import io.weighbridge.app.embedded.OwnCluster;
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

/** A cluster of a test's own, and a person at the command line. */
public final class CommandStage implements AutoCloseable {

    private final Path folder;
    private final OwnCluster own;
    private String out = "";
    private String err = "";

    private CommandStage(Path folder, OwnCluster own) {
        this.folder = folder;
        this.own = own;
    }

    /** @param settings for the roles, beside the addresses */
    public static CommandStage start(Path folder, Map<String, String> settings) throws IOException {
        var all = new TreeMap<>(settings);
        all.put("state.dir", folder.resolve("state").toString());
        all.putIfAbsent("weighbridge.sink.log", "false");
        return new CommandStage(folder, OwnCluster.start(folder, all));
    }

    public Cluster cluster() {
        return own.cluster();
    }

    public Settings settings() {
        return cluster().settings();
    }

    public Path folder() {
        return folder;
    }

    public SchemaRegistry registry() {
        return own.registry();
    }

    public Broker broker() {
        return own.broker();
    }

    /** Runs a command against the cluster; returns its exit code. */
    public int run(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "--bootstrap-servers",
                broker().bootstrapServers(),
                "--schema-registry",
                registry().url()));
        return runAlone(all.toArray(String[]::new));
    }

    /** Runs a command with its own idea of the cluster. */
    public int runAlone(String... arguments) {
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
    public String out() {
        return out;
    }

    /** What the last command complained of. */
    public String err() {
        return err;
    }

    /** Writes a record, and returns once the broker has it. */
    public <V> void write(Topic<String, V> topic, String key, V value) {
        try (var producer = new BulkProducer(cluster())) {
            producer.send(topic, key, value, Instant.now());
            producer.flush();
        }
    }

    @Override
    public void close() throws IOException {
        own.close();
    }
}

package io.weighbridge.app.embedded;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A broker and a registry of a test's own, with the topics of the product: for tests that count all that is in them, or run roles. */
public final class OwnCluster implements AutoCloseable {

    private final Broker broker;
    private final SchemaRegistry registry;
    private final Cluster cluster;

    private OwnCluster(Broker broker, SchemaRegistry registry, Map<String, String> more) {
        this.broker = broker;
        this.registry = registry;
        var settings = new TreeMap<>(more);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("schema.registry.url", registry.url());
        // Records of tests can be of any time.
        settings.putIfAbsent(TopicAdmin.RETENTION, "P36500D");
        cluster = Cluster.connect(new Settings(settings));
        new TopicAdmin(cluster).create();
    }

    /**
     * Starts it.
     *
     * @param folder for the broker
     * @param settings beside the addresses
     */
    public static OwnCluster start(Path folder, Map<String, String> settings) throws IOException {
        var broker = Broker.start(folder.resolve("broker"), 0);
        return new OwnCluster(broker, SchemaRegistry.start(broker.bootstrapServers(), 0), settings);
    }

    /** Leads here, with the settings. */
    public Cluster cluster() {
        return cluster;
    }

    public Broker broker() {
        return broker;
    }

    public SchemaRegistry registry() {
        return registry;
    }

    @Override
    public void close() throws IOException {
        registry.close();
        broker.close();
    }
}

package io.weighbridge.app.client;

import io.weighbridge.app.feed.TopicReader;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/** A Kafka cluster and its registry, as a client sees them. */
public final class Cluster {

    /** On a machine that is busy hashing a broker takes seconds to answer. */
    private static final Duration CONNECT = Duration.ofSeconds(15);

    private final Settings settings;
    private final Topics topics;

    private Cluster(Settings settings) {
        this.settings = settings;
        this.topics = Topics.of(settings);
    }

    /**
     * A cluster that answers.
     *
     * @throws KafkaException if no broker does within six seconds; the message says what to do
     */
    public static Cluster connect(Settings settings) {
        var cluster = of(settings);
        cluster.requireBroker();
        return cluster;
    }

    /** A cluster that need not answer yet. */
    public static Cluster of(Settings settings) {
        return new Cluster(settings);
    }

    public Settings settings() {
        return settings;
    }

    public Topics topics() {
        return topics;
    }

    /** A new client for topics and groups; the caller closes it. */
    public Admin admin() {
        return Admin.create(new HashMap<>(settings.kafka()));
    }

    /** How a person's writes reach the brokers: all replicas in sync have them, or the person is told within half a minute. */
    public Map<String, Object> producerConfig() {
        Map<String, Object> config = new HashMap<>(settings.kafka());
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.putIfAbsent(ProducerConfig.MAX_BLOCK_MS_CONFIG, "15000");
        config.putIfAbsent(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, "30000");
        config.putIfAbsent(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, "10000");
        return config;
    }

    public TopicReader reader() {
        return TopicReader.of(settings);
    }

    public Publisher publisher() {
        return new Publisher(this);
    }

    private void requireBroker() {
        try (Admin admin = admin()) {
            admin.describeCluster(new DescribeClusterOptions().timeoutMs((int) CONNECT.toMillis()))
                    .clusterId()
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "no Kafka broker answers at " + settings.text("bootstrap.servers", "") + " within "
                            + CONNECT.toSeconds()
                            + " s: start one with `weighbridge up`, or name one with --bootstrap-servers",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while connecting", e);
        }
    }
}

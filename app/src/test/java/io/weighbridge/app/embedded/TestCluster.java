package io.weighbridge.app.embedded;

import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * A broker and a registry for all tests of this JVM, started by the first that asks. Its topics are shared: a test tells its own records
 * by their keys, or uses topics with names of its own.
 */
public final class TestCluster {

    private static final class Shared {
        private static final TestCluster INSTANCE = start();
    }

    private final Broker broker;
    private final SchemaRegistry registry;

    private TestCluster(Broker broker, SchemaRegistry registry) {
        this.broker = broker;
        this.registry = registry;
    }

    /** The one of this JVM; lives until it ends. */
    public static TestCluster shared() {
        return Shared.INSTANCE;
    }

    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    public String registryUrl() {
        return registry.url();
    }

    /** Settings that lead here, with an application prefix and a state directory of their own. */
    public Settings settings() {
        String unique = UUID.randomUUID().toString();
        return new Settings(Map.of(
                "bootstrap.servers", bootstrapServers(),
                "schema.registry.url", registryUrl(),
                "state.dir", Path.of("target", "streams", unique).toString(),
                "weighbridge.application.prefix", "test-" + unique));
    }

    /** Makes topics that are missing. They keep all records: those of tests are of any time. */
    public void createTopics(int partitions, String... names) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            List<NewTopic> topics = Arrays.stream(names)
                    .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty())
                            .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1")))
                    .toList();
            for (var made : admin.createTopics(topics).values().values()) {
                made.get();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Makes the topics of the product that are missing. */
    public void createProductTopics(int partitions) {
        Topics.of(settings()).all().stream().map(Topic::name).forEach(name -> createTopics(partitions, name));
    }

    private static TestCluster start() {
        Path folder =
                Path.of("target", "test-cluster-" + ProcessHandle.current().pid());
        try {
            Broker broker = Broker.start(folder, 0);
            return new TestCluster(broker, SchemaRegistry.start(broker.bootstrapServers(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

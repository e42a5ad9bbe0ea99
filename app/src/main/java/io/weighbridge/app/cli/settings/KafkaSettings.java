package io.weighbridge.app.cli.settings;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The settings that go to Kafka's clients and to the serializers as they are. Plugins, such as interceptors and login handlers, read names
 * that nobody else knows, so unknown ones pass; but one that is a letter or two from a name of Kafka's is a slip, and with one in {@code
 * security.protocol} passwords would travel in clear.
 */
final class KafkaSettings {

    private static final int SLIP = 2;

    /** Shorter names lie within a slip of one another. */
    private static final int LEAST_LENGTH = 8;

    private static final Pattern SECRET = Pattern.compile(
            ".*(password|passphrase|secret|token|jaas|user\\.info|credential|keystore\\.key|private).*",
            Pattern.CASE_INSENSITIVE);

    /** Read by our serializers and by Confluent's. */
    private static final List<String> REGISTRY = List.of(
            "schema.registry.url",
            "basic.auth.credentials.source",
            "basic.auth.user.info",
            "bearer.auth.credentials.source",
            "bearer.auth.token",
            "auto.register.schemas",
            "use.latest.version",
            "specific.avro.reader",
            "avro.reflection.allow.null",
            "normalize.schemas",
            "latest.compatibility.strict",
            "latest.cache.ttl.sec",
            "max.schemas.per.subject",
            "key.subject.name.strategy",
            "value.subject.name.strategy");

    /** Prefixes by which Kafka Streams tells settings of its clients and topics apart. */
    private static final Pattern PREFIXES =
            Pattern.compile("^(?:(?:main\\.|restore\\.|global\\.)?consumer|producer|admin|topic|schema\\.registry)\\.");

    private KafkaSettings() {}

    static boolean isSecret(String name) {
        return SECRET.matcher(name).matches() && !name.endsWith(".source") && !name.endsWith(".class");
    }

    /** The name of Kafka's or a registry's that was meant; empty if the given one is known, or is like none. */
    static Optional<String> mistypedIn(String name) {
        String bare = PREFIXES.matcher(name).replaceFirst("");
        String prefix = name.substring(0, name.length() - bare.length());
        var known = known();
        if (known.contains(name) || known.contains(bare)) {
            return Optional.empty();
        }
        return near(name, known).or(() -> near(bare, known).map(meant -> prefix + meant));
    }

    private static Optional<String> near(String name, Set<String> known) {
        return name.length() < LEAST_LENGTH ? Optional.empty() : NearestName.of(name, known, SLIP);
    }

    private static Set<String> known() {
        var known = new TreeSet<>(REGISTRY);
        known.addAll(StreamsConfig.configDef().names());
        known.addAll(ConsumerConfig.configNames());
        known.addAll(ProducerConfig.configNames());
        known.addAll(AdminClientConfig.configNames());
        known.add(SaslConfigs.SASL_JAAS_CONFIG);
        known.add("processing.exception.handler.global.enabled");
        return known;
    }
}

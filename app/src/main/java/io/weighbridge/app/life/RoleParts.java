package io.weighbridge.app.life;

import io.micrometer.core.instrument.MeterRegistry;
import io.weighbridge.alerting.AlertingSettings;
import io.weighbridge.alerting.AlertingTopology;
import io.weighbridge.alerting.StoredRules;
import io.weighbridge.alerting.sink.AlertSinks;
import io.weighbridge.alerting.sink.SinkSettings;
import io.weighbridge.hasher.HasherSettings;
import io.weighbridge.hasher.HasherTopology;
import io.weighbridge.hasher.ScanPool;
import io.weighbridge.matcher.MatcherQueries;
import io.weighbridge.matcher.MatcherSettings;
import io.weighbridge.matcher.MatcherTopology;
import io.weighbridge.schemas.Settings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * What a role is made of.
 *
 * @param streams configuration for {@code KafkaStreams}
 * @param companion started beside the topology, such as the sinks of alerting
 * @param inForce what the settings came to, in words, a line each, where that is not plain from them
 * @param queries questions to the index, if it is the matcher
 * @param resources used by the topology and closed after it
 */
record RoleParts(
        Topology topology,
        Properties streams,
        Function<KafkaStreams, Companion> companion,
        List<String> inForce,
        Function<KafkaStreams, Optional<MatcherQueries>> queries,
        AutoCloseable resources)
        implements AutoCloseable {

    private static final AutoCloseable NOTHING = () -> {};
    private static final Function<KafkaStreams, Optional<MatcherQueries>> NO_QUERIES = streams -> Optional.empty();

    static RoleParts hasher(Settings settings, MeterRegistry meters) {
        var hasher = HasherSettings.from(settings);
        var pool = ScanPool.open(hasher, meters);
        return new RoleParts(
                HasherTopology.build(hasher, pool),
                hasher.streams(),
                streams -> Companion.NONE,
                List.of(),
                NO_QUERIES,
                pool);
    }

    static RoleParts matcher(Settings settings, MeterRegistry meters) {
        var matcher = MatcherSettings.from(settings);
        return new RoleParts(
                MatcherTopology.build(matcher, meters),
                matcher.streams(),
                streams -> Companion.NONE,
                matcher.rulesInWords(),
                streams -> Optional.of(new MatcherQueries(streams, matcher)),
                NOTHING);
    }

    static RoleParts alerting(Settings settings, MeterRegistry meters) {
        var sinks = SinkSettings.from(settings);
        var alerting = AlertingSettings.from(settings);
        return new RoleParts(
                AlertingTopology.build(alerting, meters),
                alerting.streams(),
                streams -> Companion.of(AlertSinks.start(sinks, new StoredRules(streams, Clock.systemUTC()), meters)),
                List.of(),
                NO_QUERIES,
                NOTHING);
    }

    @Override
    public void close() {
        Closing.quietly(resources);
    }
}

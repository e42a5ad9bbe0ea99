package io.weighbridge.matcher;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.weighbridge.schemas.FollowedTopic;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.IndexMessage;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/** Codes to alerts: the symmetric similarity join, partitioned by hash substring. Each pair within the threshold gives one alert. */
public final class MatcherTopology {

    /** End of the name of the topic between splitting and joining. */
    static final String REPARTITION = "-substrings-repartition";

    private static final String SENT = "sent";
    private static final String REFUSED = "refused";
    private static final String FATE = "fate-";

    private MatcherTopology() {}

    /** The topology, metered in Micrometer's global registry. */
    public static Topology build(MatcherSettings settings) {
        return build(settings, Metrics.globalRegistry);
    }

    /** The topology, metered in the given registry. */
    public static Topology build(MatcherSettings settings, MeterRegistry registry) {
        var topics = settings.topics();
        var metrics = new MatcherMetrics(registry, settings.rules().keySet());
        var builder = new StreamsBuilder(settings.topologyConfig());
        var dispatch = new Dispatch(settings.partitions());
        builder.addStateStore(SplitProtected.store(settings));
        FollowedTopic.keep(builder, topics.protectionPolicies(), JoinSubstrings.POLICIES, () -> {});
        KStream<String, Split> uploads = builder.stream(
                        topics.modelCodes().name(), topics.modelCodes().readAs("read-upload-codes"))
                .process(() -> new SplitUploads(settings, metrics), Named.as(SplitUploads.NODE), SplitProtected.STORE);
        KStream<String, Split> protectedModels = builder.stream(
                        topics.protectedCodes().name(), topics.protectedCodes().readAs("read-protected-codes"))
                .process(
                        () -> new SplitProtected(settings, metrics),
                        Named.as(SplitProtected.NODE),
                        SplitProtected.STORE);
        var fates = uploads.merge(protectedModels, Named.as("merge-sides"))
                .split(Named.as(FATE))
                .branch((key, split) -> split instanceof Split.Refused, Branched.as(REFUSED))
                .defaultBranch(Branched.as(SENT));

        fates.get(FATE + REFUSED)
                .mapValues(split -> ((Split.Refused) split).deadLetter(), Named.as("take-dead-letter"))
                .to(topics.deadLetters().name(), topics.deadLetters().writeAs("write-dead-letters"));
        var findings = fates.get(FATE + SENT)
                .mapValues(split -> ((Split.Sent) split).message(), Named.as("take-message"))
                // By place: all codes that may have this substring, or one near it, land in one partition.
                .repartition(Repartitioned.<String, IndexMessage>as("substrings")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(topics.avroSerde())
                        .withStreamPartitioner(
                                (topic, key, message, partitions) -> Optional.of(Set.of(dispatch.partition(message))))
                        .withNumberOfPartitions(settings.partitions()))
                .process(JoinSubstrings.supplier(settings, metrics), Named.as(JoinSubstrings.NODE));
        send(findings, finding -> finding.fate() == Finding.Fate.ALERT, topics.infringementAlerts(), "alerts");
        send(findings, finding -> finding.fate().held().isPresent(), topics.heldAlerts(), "held-alerts");
        return builder.build();
    }

    private static void send(
            KStream<String, Finding> findings,
            Predicate<Finding> which,
            Topic<String, InfringementAlert> topic,
            String name) {
        findings.filter((alertId, finding) -> which.test(finding), Named.as("take-" + name))
                .mapValues(Finding::alert, Named.as("describe-" + name))
                .to(topic.name(), topic.writeAs("write-" + name));
    }
}

package io.weighbridge.matcher;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.weighbridge.schemas.avro.SubstringMessage;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Branched;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;

/** Codes to alerts: the symmetric similarity join, partitioned by hash substring. Each pair within the threshold gives one alert. */
public final class MatcherTopology {

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
        KStream<String, Split> uploads = builder.stream(
                        topics.modelCodes().name(), topics.modelCodes().readAs("read-upload-codes"))
                .process(() -> new SplitUploads(settings, metrics), Named.as(SplitUploads.NODE));
        KStream<String, Split> protectedModels = builder.stream(
                        topics.protectedCodes().name(), topics.protectedCodes().readAs("read-protected-codes"))
                .process(SplitProtected.supplier(settings, metrics), Named.as(SplitProtected.NODE));
        var fates = uploads.merge(protectedModels, Named.as("merge-sides"))
                .split(Named.as(FATE))
                .branch((key, split) -> split instanceof Split.Refused, Branched.as(REFUSED))
                .defaultBranch(Branched.as(SENT));

        fates.get(FATE + REFUSED)
                .mapValues(split -> ((Split.Refused) split).deadLetter(), Named.as("take-dead-letter"))
                .to(topics.deadLetters().name(), topics.deadLetters().writeAs("write-dead-letters"));
        fates.get(FATE + SENT)
                .mapValues(split -> ((Split.Sent) split).message(), Named.as("take-message"))
                // By place: all codes that may have this substring, or one near it, land in one partition.
                .repartition(Repartitioned.<String, SubstringMessage>as("substrings")
                        .withKeySerde(Serdes.String())
                        .withValueSerde(topics.avroSerde())
                        .withNumberOfPartitions(settings.partitions()))
                .process(JoinSubstrings.supplier(settings, metrics), Named.as(JoinSubstrings.NODE))
                .to(
                        topics.infringementAlerts().name(),
                        topics.infringementAlerts().writeAs("write-alerts"));
        return builder.build();
    }
}

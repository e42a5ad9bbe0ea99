package io.weighbridge.schemas;

import io.weighbridge.schemas.Topic.Keeping;
import io.weighbridge.schemas.avro.AuditEntry;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.UploadEvent;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * The topics between the stages. Keys are chosen so that all events of one model share a partition and stay in order: {@code hub/repo} for
 * uploads, the protected model's id, the alert id.
 *
 * <p>Values are Avro, written by the serializer class that {@code weighbridge.avro.serializer} names and read by the one that
 * {@code weighbridge.avro.deserializer} names; Confluent's own classes fit.
 */
public final class Topics {

    /** Setting: replicas of every topic, those that Kafka Streams makes for itself too; 0 leaves it to the brokers. Default 0. */
    public static final String REPLICATION = "weighbridge.topics.replication.factor";

    /** Setting: class of the value serializer. */
    public static final String SERIALIZER = "weighbridge.avro.serializer";

    /** Setting: class of the value deserializer. */
    public static final String DESERIALIZER = "weighbridge.avro.deserializer";

    private static final String OUR_SERIALIZER = "io.weighbridge.schemas.serde.ConfluentAvroSerializer";
    private static final String OUR_DESERIALIZER = "io.weighbridge.schemas.serde.ConfluentAvroDeserializer";

    /** What the serdes of all topics are chosen by. */
    public static final List<Setting> SETTINGS =
            List.of(Setting.of(SERIALIZER, OUR_SERIALIZER), Setting.of(DESERIALIZER, OUR_DESERIALIZER));

    private final Settings settings;
    private final Topic<String, UploadEvent> modelUploads;
    private final Topic<String, UploadEvent> modelUploadsBackfill;
    private final Topic<String, ProtectedModel> protectedModels;
    private final Topic<String, ModelCode> modelCodes;
    private final Topic<String, ModelCode> protectedCodes;
    private final Topic<String, ScanOutcome> scanOutcomes;
    private final Topic<String, InfringementAlert> infringementAlerts;
    private final Topic<String, InfringementAlert> heldAlerts;
    private final Topic<String, InfringementCase> infringementCases;
    private final Topic<String, CaseDecision> caseDecisions;
    private final Topic<String, Suppression> suppressions;
    private final Topic<String, ProtectionPolicy> protectionPolicies;
    private final Topic<String, AuditEntry> apiAudit;
    private final Topic<String, DeadLetter> deadLetters;

    private Topics(Settings settings) {
        this.settings = settings;
        modelUploads = topic("model-uploads.v1", UploadEvent.class, Keeping.FOR_A_TIME);
        modelUploadsBackfill = topic("model-uploads-backfill.v1", UploadEvent.class, Keeping.FOR_A_TIME);
        protectedModels = topic("protected-models.v1", ProtectedModel.class, Keeping.LAST_OF_KEY);
        modelCodes = topic("model-codes.v1", ModelCode.class, Keeping.FOR_A_TIME);
        protectedCodes = topic("protected-codes.v1", ModelCode.class, Keeping.LAST_OF_KEY);
        scanOutcomes = topic("scan-outcomes.v1", ScanOutcome.class, Keeping.FOR_A_TIME);
        infringementAlerts = topic("infringement-alerts.v1", InfringementAlert.class, Keeping.FOR_A_TIME);
        heldAlerts = topic("held-alerts.v1", InfringementAlert.class, Keeping.FOR_A_TIME);
        infringementCases = topic("infringement-cases.v1", InfringementCase.class, Keeping.LAST_OF_KEY);
        caseDecisions = topic("case-decisions.v1", CaseDecision.class, Keeping.FOR_EVER);
        suppressions = topic("suppressions.v1", Suppression.class, Keeping.LAST_OF_KEY);
        protectionPolicies = topic("protection-policies.v1", ProtectionPolicy.class, Keeping.LAST_OF_KEY);
        apiAudit = topic("api-audit.v1", AuditEntry.class, Keeping.FOR_EVER);
        deadLetters = topic("dead-letters.v1", DeadLetter.class, Keeping.FOR_A_TIME);
    }

    /**
     * The topics with serdes configured from {@code schema.registry.url} and its companions.
     *
     * @throws IllegalArgumentException if a serializer class cannot be used
     */
    public static Topics of(Settings settings) {
        return new Topics(settings);
    }

    /** In: a repository's new revision, with its files. */
    public Topic<String, UploadEvent> modelUploads() {
        return modelUploads;
    }

    /** In: the same for what was there before, scanned by its own share of the hasher's threads. */
    public Topic<String, UploadEvent> modelUploadsBackfill() {
        return modelUploadsBackfill;
    }

    /** In: models to protect; a null value withdraws one. */
    public Topic<String, ProtectedModel> protectedModels() {
        return protectedModels;
    }

    /** Hasher to matcher: codes of uploaded files. */
    public Topic<String, ModelCode> modelCodes() {
        return modelCodes;
    }

    /** Hasher to matcher: codes of protected models; a null value withdraws one. */
    public Topic<String, ModelCode> protectedCodes() {
        return protectedCodes;
    }

    /** Out: exactly one terminal outcome per upload and per protection. */
    public Topic<String, ScanOutcome> scanOutcomes() {
        return scanOutcomes;
    }

    /** Matcher to alerting and to any consumer. */
    public Topic<String, InfringementAlert> infringementAlerts() {
        return infringementAlerts;
    }

    /** Out: what would be alerts, if the protected model were live and did not match too much to be believed. */
    public Topic<String, InfringementAlert> heldAlerts() {
        return heldAlerts;
    }

    /** Out: the present state of every case. */
    public Topic<String, InfringementCase> infringementCases() {
        return infringementCases;
    }

    /** In: what people decide about cases; never removed. */
    public Topic<String, CaseDecision> caseDecisions() {
        return caseDecisions;
    }

    /** In and out: matches that nobody is to be told of; a null value lifts one. */
    public Topic<String, Suppression> suppressions() {
        return suppressions;
    }

    /** In: modes of protected models and who may have copies; a null value restores the defaults. */
    public Topic<String, ProtectionPolicy> protectionPolicies() {
        return protectionPolicies;
    }

    /** Out: who changed what by the HTTP API; never removed. */
    public Topic<String, AuditEntry> apiAudit() {
        return apiAudit;
    }

    /**
     * Out: records that could not be processed, each under its {@code topic-partition-offset}. A null value tells that the record was
     * written to its topic again.
     */
    public Topic<String, DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** All of them, in the order of the data flow. */
    public List<Topic<String, ? extends SpecificRecord>> all() {
        return List.of(
                modelUploads,
                modelUploadsBackfill,
                protectedModels,
                modelCodes,
                protectedCodes,
                scanOutcomes,
                infringementAlerts,
                heldAlerts,
                infringementCases,
                caseDecisions,
                suppressions,
                protectionPolicies,
                apiAudit,
                deadLetters);
    }

    /** A serde for the values of any further topic, configured as the values of these. */
    public <T extends SpecificRecord> Serde<T> avroSerde() {
        Map<String, Object> config = new TreeMap<>(settings.kafka());
        config.putIfAbsent("specific.avro.reader", "true");
        Serializer<T> serializer = instance(SERIALIZER, OUR_SERIALIZER);
        Deserializer<T> deserializer = instance(DESERIALIZER, OUR_DESERIALIZER);
        serializer.configure(config, false);
        deserializer.configure(config, false);
        return Serdes.serdeFrom(serializer, deserializer);
    }

    private <T extends SpecificRecord> Topic<String, T> topic(String name, Class<T> type, Keeping keeping) {
        Serde<T> any = avroSerde();
        var value = Serdes.serdeFrom(any.serializer(), new TypedDeserializer<>(type, any.deserializer()));
        return new Topic<>(name, Serdes.String(), value, keeping);
    }

    /** The cast is unchecked because the class is known by name only; a wrong one fails at its first record. */
    @SuppressWarnings("unchecked")
    private <T> T instance(String setting, String byDefault) {
        String name = settings.text(setting, byDefault);
        try {
            return (T) Class.forName(name).getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(setting + ": cannot use " + name + ": " + e, e);
        }
    }
}

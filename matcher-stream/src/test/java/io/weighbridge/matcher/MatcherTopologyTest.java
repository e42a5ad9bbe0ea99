package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedRef;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatcherTopologyTest {

    private static final AlgorithmId PRI = AlgorithmId.parse("pri@3");
    private static final AlgorithmId IWP = AlgorithmId.parse("iwp@2");
    private static final HashAlgorithm[] ALGORITHMS = {
        TestAlgorithm.of("pri@3", 64, 4), TestAlgorithm.of("iwp@2", 64, 4), TestAlgorithm.of("nts@1", 64, 0)
    };
    private static final Map<String, String> SETTINGS =
            Map.of(MatcherSettings.SUBSTRINGS, "8", MatcherSettings.MODE, "index");
    private static final PerceptualCode ORIGINAL = PerceptualCode.of(PRI, 0x0123_4567_89ab_cdefL);
    private static final PerceptualCode COPY = PerceptualCode.of(PRI, 0x0123_4567_89ab_cdecL);
    private static final PerceptualCode OTHER = PerceptualCode.of(PRI, ~0x0123_4567_89ab_cdefL);
    private static final Instant DAY_1 = TestEvents.START.plus(Duration.ofDays(1));
    private static final Instant DAY_2 = TestEvents.START.plus(Duration.ofDays(2));

    @TempDir
    private Path folder;

    private MatcherDriver matcher;

    @BeforeEach
    void start() {
        matcher = new MatcherDriver(folder, SETTINGS, ALGORITHMS);
    }

    @AfterEach
    void stop() {
        matcher.close();
    }

    @Test
    void shouldDescribeTheMatchInFull() {
        var protection = TestEvents.protection("p", DAY_1, ORIGINAL, PerceptualCode.of(IWP, 0));
        var upload = TestEvents.upload("u", "o/r", DAY_2, COPY, PerceptualCode.of(IWP, -1));
        matcher.protect(protection);
        matcher.upload(upload);
        var record = matcher.alertRecords().get(0);
        assertThat(record.value())
                .isEqualTo(InfringementAlert.newBuilder()
                        .setAlertId(Match.digest("hub", "o/r", "p", "weights"))
                        .setUpload(upload.getUpload())
                        .setUploadFile(TestEvents.scan("weights.bin", COPY))
                        .setProtectedModel(protection.getProtectedModel())
                        .setProtectedFile(TestEvents.scan("original.bin", ORIGINAL))
                        .setAlgorithm("pri")
                        .setVersion(3)
                        .setBits(64)
                        .setDistanceBits(2)
                        .setThresholdBits(4)
                        .setFalseMatchRate(0x1p-62)
                        .setMatchedAt(DAY_2)
                        .build());
        assertThat(record.key()).isEqualTo(record.value().getAlertId());
        assertThat(record.timestamp()).isEqualTo(DAY_2.toEpochMilli());
    }

    @Test
    void shouldGainTheLayersOfAProtectedModelThatIsHashedAgain() {
        var before = TestEvents.protection("p", DAY_1, ORIGINAL);
        var upload = TestEvents.upload("u", "o/r", DAY_2, COPY);
        matcher.upload(withLayers(upload));
        matcher.protect(before);
        matcher.protect(withLayers(before));
        matcher.upload(withLayers(TestEvents.upload("u2", "o/r", DAY_2, COPY)));

        var alerts = matcher.alerts();
        assertThat(alerts).hasSize(2);
        assertThat(alerts.get(0).getLayerEvidence()).isNull();
        assertThat(alerts.get(1).getLayerEvidence().getMatchedLayers()).isEqualTo(2);
        assertThat(alerts.get(1).getUploadFile().getLayers()).isEmpty();
    }

    private static ModelCode withLayers(ModelCode value) {
        return ModelCode.newBuilder(value)
                .setFile(TestRecords.withLayers(value.getFile()))
                .build();
    }

    @Test
    void shouldCarryCloudEventsAttributes() {
        matcher.protect(TestEvents.protection("p", DAY_2, ORIGINAL));
        matcher.upload(TestEvents.upload("u", "o/r", DAY_1, COPY));
        var headers = StreamSupport.stream(
                        matcher.alertRecords().get(0).headers().spliterator(), false)
                .collect(Collectors.toMap(
                        header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(headers)
                .hasSize(5)
                .containsEntry("ce_specversion", "1.0")
                .containsEntry("ce_source", "/weighbridge/matcher")
                .containsEntry("ce_type", "io.weighbridge.infringement.detected.v1")
                .containsEntry("ce_time", DAY_2.toString());
        assertThat(headers.get("ce_id")).matches("[0-9a-f]{32}");
    }

    @Test
    void shouldJoinAlgorithmsAndRevisionsInOneCase() {
        matcher.protect(TestEvents.protection("p", DAY_1, ORIGINAL, PerceptualCode.of(IWP, 1)));
        matcher.upload(TestEvents.upload("u1", "o/r", DAY_1, COPY, PerceptualCode.of(IWP, 1)));
        matcher.upload(TestEvents.upload("u2", "o/r", DAY_2, COPY));
        matcher.upload(TestEvents.upload("u3", "o/r2", DAY_2, COPY));
        var ids = matcher.alerts().stream().map(InfringementAlert::getAlertId).toList();
        assertThat(ids).hasSize(4);
        assertThat(ids.subList(0, 3).stream().distinct()).hasSize(1);
        assertThat(ids.get(3)).isNotEqualTo(ids.get(0));
    }

    @Test
    void shouldFindUploadsFromBeforeTheProtection() {
        matcher.upload(TestEvents.upload("u", "o/r", DAY_1, COPY));
        assertThat(matcher.alerts()).isEmpty();
        matcher.protect(TestEvents.protection("p", DAY_2, ORIGINAL));
        assertThat(matcher.alerts()).extracting(InfringementAlert::getMatchedAt).containsExactly(DAY_2);
    }

    @Test
    void shouldNotAlertTwiceForAnEventThatComesTwice() {
        var protection = TestEvents.protection("p", DAY_1, ORIGINAL);
        var upload = TestEvents.upload("u", "o/r", DAY_2, COPY);
        matcher.protect(protection);
        matcher.upload(upload);
        matcher.upload(upload);
        matcher.protect(protection);
        matcher.protect(TestEvents.protection("p", DAY_2, ORIGINAL));
        assertThat(matcher.alerts()).hasSize(1);
    }

    @Test
    void shouldTellFilesOfOneUploadApart() {
        matcher.protect(TestEvents.protection("p", DAY_1, ORIGINAL));
        var upload = TestEvents.upload("u", "o/r", DAY_2, COPY);
        matcher.upload(upload);
        matcher.upload(ModelCode.newBuilder(upload)
                .setFile(TestEvents.scan("other.bin", COPY))
                .build());
        assertThat(matcher.alerts())
                .extracting(alert -> alert.getUploadFile().getPath())
                .containsExactly("weights.bin", "other.bin");
    }

    @Test
    void shouldUseANewNameOrOwnerFromThenOn() {
        var protection = TestEvents.protection("p", DAY_1, ORIGINAL);
        matcher.protect(protection);
        matcher.upload(TestEvents.upload("u1", "o/r", DAY_2, COPY));
        matcher.protect(ModelCode.newBuilder(protection)
                .setProtectedModel(ProtectedRef.newBuilder(protection.getProtectedModel())
                        .setOwner("new owner")
                        .setProtectedAt(DAY_2)
                        .build())
                .build());
        matcher.upload(TestEvents.upload("u2", "o/r", DAY_2, COPY));
        assertThat(matcher.alerts())
                .extracting(alert -> alert.getProtectedModel().getOwner() + " since "
                        + alert.getProtectedModel().getProtectedAt())
                .containsExactly("owner since " + DAY_1, "new owner since " + DAY_1);
    }

    @Test
    void shouldMatchTheNewCodeAfterAnUpdateAndTheOldNoMore() {
        matcher.protect(TestEvents.protection("p", DAY_1, ORIGINAL));
        matcher.protect(TestEvents.protection("p", DAY_2, OTHER));
        matcher.upload(TestEvents.upload("u1", "o/r", DAY_2, COPY));
        assertThat(matcher.alerts()).isEmpty();
        matcher.upload(TestEvents.upload("u2", "o/r", DAY_2, OTHER));
        assertThat(matcher.alerts()).hasSize(1);
    }

    @Test
    void shouldEndMatchesWithTheWithdrawalAndTakeThemUpAgain() {
        matcher.protect(TestEvents.protection("p", DAY_1, ORIGINAL, PerceptualCode.of(IWP, 1)));
        matcher.withdraw("p", DAY_2);
        matcher.withdraw("p", DAY_2);
        matcher.withdraw("never seen", DAY_2);
        assertThat(matcher.entries()).isZero();
        matcher.upload(TestEvents.upload("u", "o/r", DAY_2, COPY));
        assertThat(matcher.alerts()).isEmpty();
        matcher.protect(TestEvents.protection("p", DAY_2, ORIGINAL));
        assertThat(matcher.alerts()).hasSize(1);
    }

    @Test
    void shouldApplyTheRetentionToThePairWhicheverCameFirst() {
        var lastDay = DAY_1.plus(Duration.ofDays(30));
        matcher.upload(TestEvents.upload("before", "o/r", DAY_1, COPY));
        matcher.protect(TestEvents.protection("in time", lastDay, ORIGINAL));
        matcher.protect(TestEvents.protection("too late", lastDay.plusMillis(1), ORIGINAL));
        matcher.upload(TestEvents.upload("after", "o/r", DAY_1, COPY));
        assertThat(matcher.alerts())
                .extracting(alert -> alert.getUpload().getId() + " "
                        + alert.getProtectedModel().getId())
                .containsExactly("before in time", "after in time");
    }

    @Test
    void shouldForgetUploadsPastTheRetentionButNoProtectedModel() {
        matcher.protect(TestEvents.protection("p", TestEvents.START, OTHER));
        long protectedEntries = matcher.entries();
        matcher.upload(TestEvents.upload("old", "o/r", DAY_1, COPY));
        long withOld = matcher.entries();
        matcher.upload(TestEvents.upload("new", "o/r", DAY_1.plus(Duration.ofDays(31)), COPY));
        long all = matcher.entries();
        matcher.run(Duration.ofMinutes(16));
        assertThat(matcher.entries()).as("within the grace").isEqualTo(all);
        matcher.run(Duration.ofMinutes(61));
        assertThat(matcher.entries()).isEqualTo(all - (withOld - protectedEntries));
        assertThat(matcher.registry()
                        .get(MatcherMetrics.UPLOADS_EXPIRED)
                        .counter()
                        .count())
                .isEqualTo(withOld - protectedEntries);
    }

    @Test
    void shouldIgnoreAndCountCodesItDoesNotKnow() {
        matcher.protect(TestEvents.protection("p", DAY_1, ORIGINAL, PerceptualCode.of(AlgorithmId.parse("pri@9"), 1)));
        var upload = TestEvents.upload("u", "o/r", DAY_2, COPY, PerceptualCode.of(AlgorithmId.parse("nts@1"), 1));
        var odd = Code.newBuilder(TestEvents.code(COPY))
                .setAlgorithm("Not A Name!")
                .build();
        matcher.upload(withCodes(upload, odd, TestEvents.code(COPY)));
        assertThat(matcher.alerts()).hasSize(1);
        assertThat(matcher.deadLetters()).isEmpty();
        assertThat(matcher.registry()
                        .get(MatcherMetrics.CODES_IGNORED)
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void shouldPutWhatItCannotMatchAmongTheDeadLetters() {
        var upload = TestEvents.upload("u", "o/r", DAY_2, COPY);
        var protection = TestEvents.protection("p", DAY_1, ORIGINAL);
        var wide = PerceptualCode.of(PRI, 1, 2);
        var liar = Code.newBuilder(TestEvents.code(COPY))
                .setWords(ByteBuffer.allocate(7))
                .build();
        matcher.upload(TestEvents.upload("u", "o/r", DAY_2, wide));
        matcher.upload(withCodes(upload, liar));
        matcher.upload(withCodes(upload, TestEvents.code(COPY), TestEvents.code(COPY)));
        matcher.upload(TestEvents.upload("u", "o/r", Instant.EPOCH.minusMillis(1), COPY), DAY_1);
        matcher.upload(ModelCode.newBuilder(upload)
                .setProtectedModel(protection.getProtectedModel())
                .build());
        matcher.protectUnder("p", upload);
        matcher.protectUnder("q", protection);
        matcher.protectUnder(null, null);
        assertThat(matcher.deadLetters())
                .extracting(letter ->
                        letter.value().getStage() + ": " + letter.value().getCause())
                .containsExactly(
                        "matcher/split-uploads: code pri@3 of weights.bin: expected 64 bits, got 128 in 16 bytes",
                        "matcher/split-uploads: code pri@3 of weights.bin: expected 64 bits, got 64 in 7 bytes",
                        "matcher/split-uploads: code pri@3 of weights.bin: expected one, got several",
                        "matcher/split-uploads: uploadedAt: expected a time since 1970, got 1969-12-31T23:59:59.999Z",
                        "matcher/split-uploads: value: expected the codes of an upload or of a protected model, got both",
                        "matcher/split-protected: value: expected a code of the other side, got one of upload",
                        "matcher/split-protected: key: expected the protected model's id p, got q",
                        "matcher/split-protected: value: expected the codes of an upload or of a protected model, got null");
        assertThat(matcher.alerts()).isEmpty();
    }

    @Test
    void shouldKeepTheWholeRecordInItsDeadLetter() {
        matcher.upload(TestEvents.upload("u", "o/r", DAY_2, PerceptualCode.of(PRI, 1, 2)));
        var letter = matcher.deadLetters().get(0);
        assertThat(letter.key()).isEqualTo("model-codes.v1-0-0");
        assertThat(letter.value().getTopic()).isEqualTo("model-codes.v1");
        assertThat((Object) StandardCharsets.UTF_8.decode(letter.value().getKey()))
                .hasToString("hub/o/r");
        assertThat(letter.value().getValue().get(0))
                .as("magic byte of the wire format")
                .isZero();
    }

    @Test
    void shouldDateADeadLetterByItsFailure() {
        matcher.run(Duration.ofDays(40));
        matcher.upload(TestEvents.upload("u", "o/r", DAY_2, PerceptualCode.of(PRI, 1, 2)));
        var letter = matcher.deadLetters().get(0);
        var failedAt = TestEvents.START.plus(Duration.ofDays(40));
        assertThat(letter.value().getFailedAt()).isEqualTo(failedAt);
        assertThat(letter.timestamp()).isEqualTo(failedAt.toEpochMilli());
    }

    @Test
    void shouldNotDateAnAlertAfterTheRecordsItComesFrom() {
        var future = Instant.parse("9999-01-01T00:00:00Z");
        matcher.protect(TestEvents.protection("p", DAY_1, ORIGINAL));
        matcher.upload(TestEvents.upload("u", "o/r", future, COPY), DAY_2);
        var record = matcher.alertRecords().get(0);
        assertThat(record.value().getMatchedAt()).isEqualTo(future);
        assertThat(record.timestamp()).as("a broker refuses the future").isEqualTo(DAY_2.toEpochMilli());
    }

    @Test
    void shouldDateAnAlertOfAnUploadOfLongAgoByItsArrival() {
        var longAgo = Instant.parse("2001-01-01T00:00:00Z");
        matcher.protect(TestEvents.protection("p", longAgo, ORIGINAL), DAY_1);
        matcher.upload(TestEvents.upload("u", "o/r", longAgo, COPY), DAY_2);
        var record = matcher.alertRecords().get(0);
        assertThat(record.value().getMatchedAt()).isEqualTo(longAgo);
        assertThat(record.timestamp()).as("else the topic removes it").isEqualTo(DAY_2.toEpochMilli());
    }

    @Test
    void shouldCountWhatItDoes() {
        matcher.protect(TestEvents.protection("p", DAY_1, ORIGINAL));
        matcher.upload(TestEvents.upload("u", "o/r", DAY_2, COPY));
        var registry = matcher.registry();
        assertThat(registry.get("weighbridge.alerts.emitted")
                        .tag("algorithm", "pri@3")
                        .counter()
                        .count())
                .isEqualTo(1);
        var distance = registry.get("weighbridge.match.distance")
                .tag("algorithm", "pri@3")
                .summary();
        assertThat(distance.count()).isEqualTo(1);
        assertThat(distance.totalAmount()).isEqualTo(2);
        assertThat(registry.get("weighbridge.lookup.duration")
                        .tag("algorithm", "pri@3")
                        .timer()
                        .count())
                .as("passes, one at each place")
                .isEqualTo(5);
        assertThat(registry.get("weighbridge.lookup.candidates")
                        .tag("algorithm", "pri@3")
                        .summary()
                        .totalAmount())
                .isPositive();
        assertThat(registry.get("weighbridge.index.entries").gauge().value()).isPositive();
    }

    @Test
    void shouldBeTheCommittedTopology() throws IOException {
        try (var committed = getClass().getResourceAsStream("/topology.txt")) {
            var settings = MatcherSettings.from(TestTopics.mock());
            assertThat(MatcherTopology.build(settings).describe().toString())
                    .isEqualTo(new String(committed.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Test
    void shouldNameEveryNode() {
        var settings = MatcherSettings.from(TestTopics.mock());
        assertThat(MatcherTopology.build(settings).describe().toString())
                .doesNotContain("KSTREAM-", "KTABLE-", "STATE-STORE-");
    }

    private static ModelCode withCodes(ModelCode value, Code... codes) {
        return ModelCode.newBuilder(value)
                .setFile(FileScan.newBuilder(value.getFile())
                        .setCodes(List.of(codes))
                        .build())
                .build();
    }
}

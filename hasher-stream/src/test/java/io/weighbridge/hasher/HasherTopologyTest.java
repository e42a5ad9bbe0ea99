package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HasherTopologyTest {

    @TempDir
    private Path folder;

    private HasherStage stage;

    @BeforeEach
    void open() {
        stage = new HasherStage(folder, Map.of());
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void reopenWith(Map<String, String> settings) {
        stage.close();
        stage = new HasherStage(folder, settings);
    }

    @Test
    void shouldWriteTheCodeOfEveryHashedFileAndOneOutcome() {
        var time = Instant.parse("2026-02-03T04:05:07Z");
        var upload = stage.upload("mallory/net", "r1", "a.bin", "model a", "b.bin", "model b");
        stage.in(stage.topics().modelUploads()).pipeInput("local/mallory/net", upload, time);

        var outcome = stage.awaitOutcomes(1).get(0);
        assertThat(outcome.key()).isEqualTo("local/mallory/net");
        assertThat(outcome.getRecordTime()).isEqualTo(time);
        assertThat(outcome.value().getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(outcome.value().getReason()).isNull();
        assertThat(outcome.value().getUpload().getRevision()).isEqualTo("r1");
        assertThat(outcome.value().getFiles()).extracting("path").containsExactly("a.bin", "b.bin");

        var codes = stage.codes();
        assertThat(codes).allSatisfy(code -> {
            assertThat(code.key()).isEqualTo("local/mallory/net");
            assertThat(code.getRecordTime()).isEqualTo(time);
            assertThat(code.value().getUpload()).isEqualTo(outcome.value().getUpload());
        });
        assertThat(codes)
                .extracting(code -> code.value().getFile())
                .isEqualTo(outcome.value().getFiles());
        assertThat(stage.gauge("weighbridge.pending.size")).isZero();
    }

    @Test
    void shouldCarryCloudEventsAttributesThatAreTheSameWhenWrittenAgain() {
        var time = Instant.parse("2026-02-03T04:05:07Z");
        var upload = stage.upload("mallory/net", "r1", "a.bin", "model a");
        stage.in(stage.topics().modelUploads()).pipeInput("local/mallory/net", upload, time);
        stage.in(stage.topics().modelUploads()).pipeInput("local/mallory/net", upload, time);

        assertThat(stage.awaitOutcomes(2))
                .allSatisfy(record -> assertThat(attributes(record.headers()))
                        .containsExactlyInAnyOrderEntriesOf(Map.of(
                                "ce_specversion", "1.0",
                                "ce_id", "mallory/net@r1/outcome",
                                "ce_source", "/weighbridge/hasher",
                                "ce_type", "io.weighbridge.scan.completed.v1",
                                "ce_time", "2026-02-03T04:05:07Z")));
        assertThat(stage.codes())
                .hasSize(2)
                .allSatisfy(record -> assertThat(attributes(record.headers()))
                        .containsEntry("ce_id", "mallory/net@r1/code/0")
                        .containsEntry("ce_type", "io.weighbridge.model.coded.v1"));
    }

    private static Map<String, String> attributes(Headers headers) {
        return Arrays.stream(headers.toArray())
                .collect(Collectors.toMap(
                        header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8)));
    }

    @Test
    void shouldCallAnUploadPartialAndNameTheFileThatHasNoCode() {
        stage.publish(stage.upload("m/net", "r1", "a.bin", "model a", "notes.txt", "hello"));

        assertThat(stage.onlyOutcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(stage.outcomes.get(0).value().getReason())
                .isEqualTo("1 of 2 files without codes; notes.txt: unknown format");
        assertThat(stage.codes()).hasSize(1);
    }

    @Test
    void shouldGiveTheOutcomeOfTheFirstFileWhenNoneIsHashed() {
        var upload = stage.upload("m/net", "r1", "gone.bin", "model", "notes.txt", "hello");
        assertThat(folder.resolve("gone.bin").toFile().delete()).isTrue();
        stage.publish(upload);

        assertThat(stage.onlyOutcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(stage.outcomes.get(0).value().getReason()).startsWith("gone.bin: no such file: ");
        assertThat(stage.codes()).isEmpty();
    }

    @Test
    void shouldEndAnUploadWithoutFiles() {
        stage.publish(stage.upload("m/net", "r1"));

        assertThat(stage.onlyOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(stage.outcomes.get(0).value().getReason()).isEqualTo("no files");
    }

    @Test
    void shouldRefuseAnUploadOfTooManyFiles() {
        reopenWith(Map.of("weighbridge.scan.max.files", "1"));
        stage.publish(stage.upload("m/net", "r1", "a.bin", "model", "b.bin", "model"));

        assertThat(stage.onlyOutcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(stage.outcomes.get(0).value().getReason())
                .isEqualTo("weighbridge.scan.max.files: expected at most 1 files, got 2");
    }

    @Test
    void shouldGiveNoCodeForBytesThatAreNotTheOnesTheHubStates() {
        var upload = stage.upload("m/net", "r1", "a.bin", "model a", "b.bin", "model b");
        upload.getFiles().set(0, withDigest(upload.getFiles().get(0), StagedScanner.sha256("other")));
        upload.getFiles()
                .set(
                        1,
                        withDigest(
                                upload.getFiles().get(1),
                                StagedScanner.sha256("model b").toUpperCase()));
        stage.publish(upload);

        assertThat(stage.onlyOutcome()).isEqualTo(Outcome.PARTIAL);
        var files = stage.outcomes.get(0).value().getFiles();
        assertThat(files).extracting("outcome").containsExactly(Outcome.DIGEST_MISMATCH, Outcome.HASHED);
        assertThat(files.get(0).getReason())
                .isEqualTo("sha256: expected " + StagedScanner.sha256("other") + ", got "
                        + StagedScanner.sha256("model a"));
        assertThat(files.get(0).getCodes()).isEmpty();
        assertThat(stage.codes())
                .extracting(code -> code.value().getFile().getPath())
                .containsExactly("b.bin");
    }

    private static ModelFile withDigest(ModelFile file, String sha256) {
        return ModelFile.newBuilder(file).setSha256(sha256).build();
    }

    @Test
    void shouldKeepTheOrderOfAModelWhileOthersOvertake() {
        stage.scanner.hold("slow.bin");
        stage.publish(
                stage.upload("m/slow", "r1", "slow.bin", "model"),
                stage.upload("m/slow", "r2", "next.bin", "model"),
                stage.upload("m/other", "r1", "other.bin", "model"));

        stage.awaitOutcomes(1);
        assertThat(stage.ended()).containsExactly("m/other@r1");
        assertThat(stage.scanner.begun()).doesNotContain("next.bin");
        stage.scanner.release("slow.bin");
        stage.awaitOutcomes(3);
        assertThat(stage.ended()).containsExactly("m/other@r1", "m/slow@r1", "m/slow@r2");
    }

    @Test
    void shouldLetModelsTakeTurnsSoThatABusyOneDelaysNobody() {
        reopenWith(Map.of("weighbridge.scan.window", "1"));
        stage.scanner.hold("hot-0.bin");
        for (int i = 0; i < 5; i++) {
            stage.publish(stage.upload("m/hot", "r" + i, "hot-" + i + ".bin", "model"));
        }
        stage.publish(stage.upload("m/quiet", "r0", "quiet.bin", "model"));
        stage.scanner.release("hot-0.bin");

        stage.awaitOutcomes(6);
        assertThat(stage.ended())
                .containsExactly("m/hot@r0", "m/quiet@r0", "m/hot@r1", "m/hot@r2", "m/hot@r3", "m/hot@r4");
    }

    @Test
    void shouldHandOnlyAWindowOfRequestsToThePool() {
        reopenWith(Map.of("weighbridge.scan.window", "3", "weighbridge.scan.threads", "1"));
        stage.scanner.hold("0.bin");
        IntStream.range(0, 40)
                .forEach(i -> stage.publish(stage.upload("m/" + (char) ('A' + i), "r1", i + ".bin", "model")));
        stage.awaitBegun("0.bin");

        assertThat(stage.gauge("weighbridge.pending.size")).isEqualTo(40);
        assertThat(stage.gauge("weighbridge.pending.oldest")).isGreaterThanOrEqualTo(0);
        assertThat(stage.gauge("weighbridge.scan.queued")).isEqualTo(2);
        stage.scanner.release("0.bin");
        stage.awaitOutcomes(40);
        assertThat(stage.ended()).doesNotHaveDuplicates().hasSize(40);
        assertThat(stage.gauge("weighbridge.pending.size")).isZero();
    }

    @Test
    void shouldTurnAFaultOfOursIntoAnOutcomeAndGoOn() {
        stage.publish(
                stage.upload("m/boom", "r1", "boom.bin", "boom"),
                stage.upload("m/crash", "r1", "crash.bin", "crash", "fine.bin", "model"),
                stage.upload("m/net", "r1", "a.bin", "model"));

        stage.awaitOutcomes(3);
        assertThat(outcomeOf("m/boom@r1").getOutcome()).isEqualTo(Outcome.FAILED);
        assertThat(outcomeOf("m/boom@r1").getReason())
                .isEqualTo("boom.bin: unexpected java.lang.IllegalStateException: boom in boom.bin");
        assertThat(outcomeOf("m/crash@r1").getOutcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(outcomeOf("m/crash@r1").getFiles())
                .extracting("outcome")
                .containsExactly(Outcome.FAILED, Outcome.HASHED);
        assertThat(outcomeOf("m/net@r1").getOutcome()).isEqualTo(Outcome.HASHED);
    }

    private ScanOutcome outcomeOf(String uploadId) {
        return stage.outcomes.stream()
                .map(TestRecord::value)
                .filter(outcome -> outcome.getUpload().getId().equals(uploadId))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void shouldStopItsScansWhenTheTaskCloses() {
        stage.scanner.hold("a.bin");
        stage.publish(stage.upload("m/a", "r1", "a.bin", "model"));
        stage.awaitBegun("a.bin");

        stage.closeTasks();
        await().untilAsserted(() -> assertThat(stage.scanner.interrupted()).containsExactly("a.bin"));
        assertThat(stage.gauge("weighbridge.pending.size")).isZero();
    }

    @Test
    void shouldLeaveARequestPendingWhenThePoolIsClosedUnderIt() {
        stage.scanner.hold("a.bin");
        stage.publish(stage.upload("m/a", "r1", "a.bin", "model"));
        stage.awaitBegun("a.bin");

        stage.pool.close();
        stage.tick();
        stage.tick();
        assertThat(stage.scanner.interrupted()).containsExactly("a.bin");
        assertThat(stage.outcomes).isEmpty();
        assertThat(stage.gauge("weighbridge.pending.size")).isEqualTo(1);
    }

    @Test
    void shouldProtectAModelTheSameWay() {
        var model = stage.protectedModel("resnet", "p.bin", "model p");
        stage.in(stage.topics().protectedModels()).pipeInput("resnet", model);

        var outcome = stage.awaitOutcomes(1).get(0);
        assertThat(outcome.key()).isEqualTo("resnet");
        assertThat(outcome.value().getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(outcome.value().getUpload()).isNull();
        assertThat(outcome.value().getProtectedModel().getOwner()).isEqualTo("alice");
        var codes = stage.protectedCodes();
        assertThat(codes).hasSize(1);
        assertThat(codes.get(0).key()).isEqualTo("resnet");
        assertThat(codes.get(0).value().getFile().getCodes()).hasSize(1);
        assertThat(stage.codes()).isEmpty();
    }

    @Test
    void shouldWithdrawAProtectionBehindItsCodes() {
        var topic = stage.in(stage.topics().protectedModels());
        topic.pipeInput("resnet", stage.protectedModel("resnet", "p.bin", "model p"));
        stage.awaitOutcomes(1);
        topic.pipeInput("resnet", null);
        stage.tick();

        var codes = stage.protectedCodes();
        assertThat(codes).hasSize(2);
        assertThat(codes.get(0).value()).isNotNull();
        assertThat(codes.get(1).key()).isEqualTo("resnet");
        assertThat(codes.get(1).value()).isNull();
        assertThat(attributes(codes.get(1).headers()))
                .containsEntry("ce_type", "io.weighbridge.protection.withdrawn.v1");
        assertThat(stage.outcomes).hasSize(1);
    }

    @Test
    void shouldCancelWhatIsPendingOfAWithdrawnProtectionAndSaySo() {
        var topic = stage.in(stage.topics().protectedModels());
        stage.scanner.hold("p1.bin");
        topic.pipeInput("resnet", stage.protectedModel("resnet", "p1.bin", "model 1"));
        topic.pipeInput("resnet", stage.protectedModel("resnet", "p2.bin", "model 2"));
        topic.pipeInput("resnet-2", stage.protectedModel("resnet-2", "other.bin", "model 3"));
        stage.awaitBegun("p1.bin");
        topic.pipeInput("resnet", null);
        topic.pipeInput("resnet", stage.protectedModel("resnet", "p3.bin", "model 3"));

        stage.awaitOutcomes(4);
        await().untilAsserted(() -> assertThat(stage.scanner.interrupted()).containsExactly("p1.bin"));
        assertThat(stage.scanner.begun()).doesNotContain("p2.bin");
        var resnet = stage.outcomes.stream()
                .filter(outcome -> outcome.key().equals("resnet"))
                .map(TestRecord::value)
                .toList();
        assertThat(resnet).extracting("outcome").containsExactly(Outcome.FORBIDDEN, Outcome.FORBIDDEN, Outcome.HASHED);
        assertThat(resnet.get(0).getReason()).isEqualTo("withdrawn before its scan was complete");
        assertThat(stage.protectedCodes().stream().filter(code -> code.key().equals("resnet")))
                .extracting(code -> code.value() == null
                        ? "withdrawn"
                        : code.value().getFile().getPath())
                .containsExactly("withdrawn", "p3.bin");
    }

    @Test
    void shouldRefuseAProtectionThatNoWithdrawalWouldReach() {
        ProtectedModel model = stage.protectedModel("resnet", "p.bin", "model p");
        stage.in(stage.topics().protectedModels()).pipeInput("other", model);

        stage.awaitOutcomes(1);
        assertThat(stage.outcomes.get(0).value().getOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(stage.outcomes.get(0).value().getReason())
                .isEqualTo("id: expected the record's key other, got resnet");
        assertThat(stage.protectedCodes()).isEmpty();
    }

    @Test
    void shouldSetAsideWhatIsNoRequestAndGoOn() {
        // The driver drops what is sent outside of processing before it commits: transactions are the broker's to test.
        reopenWith(Map.of("processing.guarantee", "at_least_once"));
        var uploads = stage.driver.createInputTopic(
                stage.topics().modelUploads().name(), new StringSerializer(), new ByteArraySerializer());
        uploads.pipeInput("local/m/net", "not avro".getBytes(StandardCharsets.UTF_8));
        uploads.pipeInput("local/m/net", null);
        stage.in(stage.topics().protectedModels()).pipeInput(new TestRecord<>(null, (ProtectedModel) null));
        stage.publish(stage.upload("m/" + "x".repeat(60_000), "r1"));
        stage.publish(stage.upload("m/net", "r1", "a.bin", "model"));

        stage.awaitOutcomes(1);
        assertThat(stage.ended()).containsExactly("m/net@r1");
        assertThat(stage.out(stage.topics().deadLetters()).readValuesToList())
                .extracting("cause")
                .containsExactly(
                        "magic byte at byte 0 of a value of model-uploads.v1: expected 0, got 110",
                        "value of a record of model-uploads.v1: expected one, got null",
                        "key of a record of protected-models.v1: expected one, got null",
                        "value of a record of model-uploads.v1: expected at most 50000 characters in names and paths,"
                                + " got 120021");
    }

    @Test
    void shouldCountWithoutNamingModels() {
        stage.publish(
                stage.upload("m/a", "r1", "a.bin", "model"),
                stage.upload("m/b", "r1", "b.txt", "hello"),
                stage.upload("m/c", "r1"));
        stage.awaitOutcomes(3);

        var meters = stage.meters;
        assertThat(meters.get("weighbridge.uploads.received")
                        .tag("lane", "upload")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(meters.get("weighbridge.scans.completed")
                        .tags("lane", "upload", "outcome", "hashed", "format", "safetensors")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("weighbridge.scans.completed")
                        .tags("lane", "upload", "outcome", "malformed", "format", "none")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(meters.get("weighbridge.fetch.duration").timer().count()).isEqualTo(2);
        assertThat(meters.get("weighbridge.hash.duration").timer().count()).isEqualTo(2);
        assertThat(meters.get("weighbridge.fetch.bytes").counter().count()).isEqualTo(10);
        assertThat(meters.getMeters().toString()).doesNotContain("m/a");
    }

    @Test
    void shouldBeTheDescribedTopology() throws IOException {
        var described =
                HasherTopology.build(stage.settings, stage.pool).describe().toString();

        assertThat(described).doesNotContain("KSTREAM-", "KTABLE-");
        assertThat(described).isEqualTo(Files.readString(Path.of("src/test/resources/topology.txt")));
    }

    @Test
    void shouldKeepItsStateUnderNamesOfItsOwn() {
        stage.publish(stage.upload("m/a", "r1", "a.bin", "model"));
        stage.in(stage.topics().protectedModels()).pipeInput("p", stage.protectedModel("p", "p.bin", "model p"));

        assertThat(stage.driver.producedTopicNames())
                .contains(
                        "weighbridge-hasher-pending-uploads-changelog",
                        "weighbridge-hasher-pending-protections-changelog");
        assertThat(List.copyOf(stage.driver.getAllStateStores().keySet()))
                .containsExactlyInAnyOrder("pending-uploads", "pending-protections");
    }
}

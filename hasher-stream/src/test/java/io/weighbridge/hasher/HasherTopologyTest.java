package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
                .allSatisfy(record -> assertThat(HasherStage.attributes(record.headers()))
                        .containsExactlyInAnyOrderEntriesOf(Map.of(
                                "ce_specversion", "1.0",
                                "ce_id", "mallory/net@r1/outcome",
                                "ce_source", "/weighbridge/hasher",
                                "ce_type", "io.weighbridge.scan.completed.v1",
                                "ce_time", "2026-02-03T04:05:07Z")));
        assertThat(stage.codes())
                .hasSize(2)
                .allSatisfy(record -> assertThat(HasherStage.attributes(record.headers()))
                        .containsEntry("ce_id", "mallory/net@r1/code/0")
                        .containsEntry("ce_type", "io.weighbridge.model.coded.v1"));
    }

    @Test
    void shouldSetAsideWhatIsNoRequestAndGoOn() {
        // The driver drops what is sent outside of processing before it commits: transactions are the broker's to test.
        stage = stage.reopenWith(Map.of("processing.guarantee", "at_least_once"));
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
        stage.in(stage.topics().modelUploadsBackfill())
                .pipeInput("local/m/b", stage.upload("m/b", "r1", "b.bin", "model"));
        stage.in(stage.topics().protectedModels()).pipeInput("p", stage.protectedModel("p", "p.bin", "model p"));

        assertThat(stage.driver.producedTopicNames())
                .contains(
                        "weighbridge-hasher-pending-uploads-changelog",
                        "weighbridge-hasher-pending-backfill-changelog",
                        "weighbridge-hasher-pending-protections-changelog");
        assertThat(List.copyOf(stage.driver.getAllStateStores().keySet()))
                .containsExactlyInAnyOrder("pending-uploads", "pending-backfill", "pending-protections");
    }
}

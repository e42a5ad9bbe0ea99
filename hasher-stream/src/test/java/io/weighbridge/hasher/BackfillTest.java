package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weighbridge.schemas.avro.Outcome;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two topics of uploads, one pool. */
class BackfillTest {

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

    private void backfill(String repo, String path) {
        stage.in(stage.topics().modelUploadsBackfill())
                .pipeInput("local/" + repo, stage.upload(repo, "r1", path, "model"));
    }

    private double queued(Share share) {
        return stage.meters
                .get("weighbridge.scan.queued")
                .tag("share", share.tag())
                .gauge()
                .value();
    }

    @Test
    void shouldComeToCodesAndOutcomesAsLiveUploadsDo() {
        backfill("m/old", "old.bin");

        assertThat(stage.onlyOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(stage.codes()).hasSize(1);
        assertThat(stage.meters
                        .get("weighbridge.uploads.received")
                        .tag("lane", "backfill")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    /** Nothing of the backfill ends while live uploads come and go. */
    @Test
    void shouldNeverKeepLiveUploadsWaitingHoweverMuchThereIs() {
        IntStream.range(0, 20).forEach(i -> stage.scanner.hold("old-" + i + ".bin"));
        IntStream.range(0, 20).forEach(i -> backfill("m/old-" + i, "old-" + i + ".bin"));
        await().until(() -> !stage.scanner.begun().isEmpty());
        assertThat(queued(Share.BACKFILL)).isEqualTo(19);

        IntStream.range(0, 10)
                .forEach(i -> stage.publish(stage.upload("m/new-" + i, "r1", "new-" + i + ".bin", "model")));
        stage.awaitOutcomes(10);
        assertThat(stage.ended()).allMatch(id -> id.startsWith("m/new-"));

        IntStream.range(0, 20).forEach(i -> stage.scanner.release("old-" + i + ".bin"));
        stage.awaitOutcomes(30);
        assertThat(queued(Share.BACKFILL)).isZero();
    }

    @Test
    void shouldTakeItsTurnsWhileLiveUploadsKeepComing() {
        IntStream.range(0, 30).forEach(i -> stage.scanner.hold("new-" + i + ".bin"));
        IntStream.range(0, 30)
                .forEach(i -> stage.publish(stage.upload("m/new-" + i, "r1", "new-" + i + ".bin", "model")));
        stage.scanner.hold("old.bin");
        backfill("m/old", "old.bin");
        assertThat(queued(Share.BACKFILL)).isEqualTo(1);
        for (int i = 0; i < 8; i++) {
            stage.scanner.release(stage.scanner.begun().get(i));
            int begun = 5 + i;
            await().until(() -> stage.scanner.begun().size() >= begun);
        }

        assertThat(stage.scanner.begun()).contains("old.bin");
    }
}

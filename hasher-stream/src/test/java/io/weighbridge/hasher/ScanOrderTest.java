package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which request is scanned when, and what becomes of it when its task or its pool closes. */
class ScanOrderTest {

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
        stage = stage.reopenWith(Map.of("weighbridge.scan.window", "1"));
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
        stage = stage.reopenWith(Map.of("weighbridge.scan.window", "3", "weighbridge.scan.threads", "1"));
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
}

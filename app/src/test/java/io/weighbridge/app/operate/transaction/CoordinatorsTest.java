package io.weighbridge.app.operate.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.operate.transaction.OpenTransaction.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class CoordinatorsTest {

    private static final TopicPartition HERE = new TopicPartition("alerts", 0);
    private static final TopicPartition THERE = new TopicPartition("alerts", 1);
    private static final Instant NOW = Instant.parse("2026-11-30T12:00:00Z");

    @Test
    void shouldLeaveAloneWhatItsCoordinatorHasOnThisPartition() {
        assertThat(isUnderWay(known(TransactionState.ONGOING, NOW.minusSeconds(5), HERE)))
                .isTrue();
    }

    @Test
    void shouldHangWhatItsCoordinatorHasEnded() {
        var ended = new Coordinators(
                Map.of(
                        7L,
                        new TransactionDescription(
                                1, TransactionState.COMPLETE_COMMIT, 7, 55, 10_000, OptionalLong.empty(), Set.of())),
                Map.of(7L, "matcher-1"),
                () -> false);

        assertThat(isUnderWay(ended)).isFalse();
        var judged = ended.judge(HERE, producer(NOW));
        assertThat(judged.standing()).isEqualTo(Standing.HANGING);
        assertThat(judged.text())
                .isEqualTo("alerts-0: hanging transaction of producer 7, epoch 35, from offset 90, last written"
                        + " 2026-11-30T12:00:00Z; the coordinator has matcher-1 in CompleteCommit, epoch 55,"
                        + " not on this partition");
    }

    @Test
    void shouldHangWhatItsCoordinatorHasElsewhere() {
        var elsewhere = known(TransactionState.ONGOING, NOW.minusSeconds(5), THERE);

        assertThat(isUnderWay(elsewhere)).isFalse();
        assertThat(elsewhere.judge(HERE, producer(NOW)).isHanging()).isTrue();
    }

    @Test
    void shouldBeOverdueAMinuteAfterItsTimeOut() {
        assertThat(isUnderWay(known(TransactionState.PREPARE_ABORT, NOW.minusSeconds(69), HERE)))
                .isTrue();
        var overdue = known(TransactionState.PREPARE_ABORT, NOW.minusSeconds(71), HERE);
        assertThat(isUnderWay(overdue)).isFalse();
        assertThat(overdue.judge(HERE, producer(NOW)).standing()).isEqualTo(Standing.OVERDUE);
    }

    @Test
    void shouldHangWhatNobodyKnowsIfAllIdsAreSeen() {
        var nobody = new Coordinators(Map.of(), Map.of(), () -> true);

        assertThat(isUnderWay(nobody)).isFalse();
        assertThat(nobody.judge(HERE, producer(NOW)).isHanging()).isTrue();
    }

    @Test
    void shouldNotCondemnWhatMayBelongToAnIdThatIsNotSeen() {
        var blind = new Coordinators(Map.of(), Map.of(), () -> false);
        var old = producer(NOW.minus(Duration.ofMinutes(16)));

        assertThat(isUnderWay(blind)).isTrue();
        assertThat(blind.isUnderWay(HERE, old, NOW)).isFalse();
        assertThat(blind.judge(HERE, old).standing()).isEqualTo(Standing.UNKNOWN);
    }

    private static boolean isUnderWay(Coordinators coordinators) {
        return coordinators.isUnderWay(HERE, producer(NOW), NOW);
    }

    private static Coordinators known(TransactionState state, Instant since, TopicPartition partition) {
        var description = new TransactionDescription(
                1, state, 7, 35, 10_000, OptionalLong.of(since.toEpochMilli()), Set.of(partition));
        return new Coordinators(Map.of(7L, description), Map.of(7L, "matcher-1"), () -> true);
    }

    private static ProducerState producer(Instant lastWritten) {
        return new ProducerState(7, 35, 0, lastWritten.toEpochMilli(), OptionalInt.of(3), OptionalLong.of(90));
    }
}

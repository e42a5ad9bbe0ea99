package io.weighbridge.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaseTest {

    private static final Instant NOW = Instant.parse("2026-02-03T04:06:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    @Test
    void shouldOpenACaseWithItsFirstAlert() {
        InfringementCase opened = Case.after(null, TestAlerts.first(), NOW);

        assertThat(opened.getAlertId()).isEqualTo(TestAlerts.first().getAlertId());
        assertThat(opened.getBest()).isEqualTo(TestAlerts.first());
        assertThat(opened.getLatest()).isEqualTo(TestAlerts.first());
        assertThat(opened.getRevisions()).containsExactly("main");
        assertThat(opened.getRevisionCount()).isEqualTo(1);
        assertThat(opened.getOccurrences()).isEqualTo(1);
        assertThat(opened.getFirstSeenAt()).isEqualTo(NOW);
        assertThat(opened.getLastSeenAt()).isEqualTo(NOW);
    }

    @Test
    void shouldNotChangeWhenAnAlertIsDeliveredAgain() {
        InfringementCase known = after(TestAlerts.first(), TestAlerts.revision("r2", 1));

        assertThat(Case.after(known, TestAlerts.first(), LATER)).isSameAs(known);
        assertThat(Case.after(known, TestAlerts.revision("r2", 1), LATER)).isSameAs(known);
    }

    @Test
    void shouldUpdateTheCaseWithALaterRevision() {
        InfringementCase opened = Case.after(null, TestAlerts.first(), NOW);
        InfringementAlert second = TestAlerts.at(TestAlerts.revision("r2", 1), 9, 1e-9);

        InfringementCase updated = Case.after(opened, second, LATER);

        assertThat(updated.getAlertId()).isEqualTo(opened.getAlertId());
        assertThat(updated.getRevisions()).containsExactly("main", "r2");
        assertThat(updated.getOccurrences()).isEqualTo(2);
        assertThat(updated.getBest()).isEqualTo(TestAlerts.first());
        assertThat(updated.getLatest()).isEqualTo(second);
        assertThat(updated.getFirstSeenAt()).isEqualTo(NOW);
        assertThat(updated.getLastSeenAt()).isEqualTo(LATER);
    }

    @Test
    void shouldCountEachFileOfAnUploadButItsRevisionOnce() {
        InfringementCase known = after(TestAlerts.first(), TestAlerts.file(TestAlerts.first(), "model-2.safetensors"));

        assertThat(known.getOccurrences()).isEqualTo(2);
        assertThat(known.getRevisions()).containsExactly("main");
        assertThat(known.getRevisionCount()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheLowestFalseMatchRateThenTheLowestDistanceAsBest() {
        InfringementAlert far = TestAlerts.at(TestAlerts.revision("far", 1), 20, 1e-6);
        InfringementAlert near = TestAlerts.at(TestAlerts.revision("near", 2), 10, 1e-9);
        InfringementAlert nearer = TestAlerts.at(TestAlerts.revision("nearer", 3), 5, 1e-9);

        assertThat(after(far, near).getBest()).isEqualTo(near);
        assertThat(after(far, nearer, near).getBest()).isEqualTo(nearer);
    }

    @Test
    void shouldListRevisionsByUploadTimeWhenOldUploadsMatchLater() {
        InfringementCase known =
                after(TestAlerts.revision("r3", 3), TestAlerts.revision("r1", 1), TestAlerts.revision("r2", 2));

        assertThat(known.getRevisions()).containsExactly("r1", "r2", "r3");
        assertThat(known.getLatest()).isEqualTo(TestAlerts.revision("r3", 3));
    }

    @Test
    void shouldListTheNewestRevisionsAndCountAll() {
        int revisions = Case.MAX_REVISIONS + 5;
        InfringementCase known = after(IntStream.range(0, revisions)
                .mapToObj(i -> TestAlerts.revision("r" + i, i))
                .toArray(InfringementAlert[]::new));

        assertThat(known.getRevisions())
                .hasSize(Case.MAX_REVISIONS)
                .startsWith("r5")
                .endsWith("r" + (revisions - 1));
        assertThat(known.getRevisionTimes()).hasSize(Case.MAX_REVISIONS);
        assertThat(known.getRevisionCount()).isEqualTo(revisions);
    }

    @Test
    void shouldForgetOnlyTheOldestOccurrences() {
        int occurrences = Case.MAX_OCCURRENCES + 1;
        InfringementCase known = after(IntStream.range(0, occurrences)
                .mapToObj(i -> TestAlerts.file(TestAlerts.first(), "shard-" + i))
                .toArray(InfringementAlert[]::new));

        assertThat(known.getOccurrences()).isEqualTo(occurrences);
        assertThat(known.getOccurrenceKeys()).hasSize(Case.MAX_OCCURRENCES);
        assertThat(Case.after(known, TestAlerts.file(TestAlerts.first(), "shard-1"), LATER))
                .isSameAs(known);
        assertThat(Case.after(known, TestAlerts.file(TestAlerts.first(), "shard-0"), LATER))
                .isNotSameAs(known);
    }

    @Test
    void shouldComeToTheSameCaseInEveryOrder() {
        long seed = 20260203;
        var random = new Random(seed);
        List<InfringementAlert> alerts = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            InfringementAlert revision = TestAlerts.revision("r" + i / 2, i / 2);
            alerts.add(TestAlerts.at(TestAlerts.file(revision, "f" + i), random.nextInt(3), random.nextInt(3) * 1e-9));
        }
        InfringementCase expected = after(alerts.toArray(InfringementAlert[]::new));
        for (int round = 0; round < 200; round++) {
            Collections.shuffle(alerts, random);
            InfringementCase shuffled = after(alerts.toArray(InfringementAlert[]::new));
            assertThat(InfringementCase.newBuilder(shuffled)
                            .setOccurrenceKeys(expected.getOccurrenceKeys())
                            .build())
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(expected);
            assertThat(shuffled.getOccurrenceKeys()).containsExactlyInAnyOrderElementsOf(expected.getOccurrenceKeys());
        }
    }

    private static InfringementCase after(InfringementAlert... alerts) {
        InfringementCase known = null;
        for (InfringementAlert alert : alerts) {
            known = Case.after(known, alert, NOW);
        }
        return known;
    }
}

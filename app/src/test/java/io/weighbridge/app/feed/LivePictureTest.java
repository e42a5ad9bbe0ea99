package io.weighbridge.app.feed;

import static io.weighbridge.app.feed.FeedRecords.alert;
import static io.weighbridge.app.feed.FeedRecords.caseOf;
import static io.weighbridge.app.feed.FeedRecords.model;
import static io.weighbridge.app.feed.FeedRecords.outcome;
import static io.weighbridge.app.feed.FeedRecords.protectedCode;
import static io.weighbridge.app.feed.FeedRecords.protectionOutcome;
import static io.weighbridge.app.feed.FeedRecords.upload;
import static io.weighbridge.app.feed.FeedRecords.uploadId;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.feed.cases.CaseFilter;
import io.weighbridge.app.feed.cases.CaseOrder;
import io.weighbridge.schemas.avro.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LivePictureTest {

    private static final Instant FIRST = FeedRecords.PROTECTED_AT;
    private static final Instant AGAIN = FIRST.plusSeconds(60);

    private final LivePicture picture = new LivePicture(10, 10);

    @Test
    void shouldShowAnUploadAsPendingUntilItsOutcome() {
        picture.received(upload(1));

        assertThat(row(1).match()).isEqualTo(MatchState.PENDING);
        assertThat(picture.summary().pending()).isEqualTo(1);

        picture.ended(outcome(1, Outcome.HASHED));

        assertThat(row(1).match()).isEqualTo(MatchState.NO_MATCH);
        assertThat(picture.summary().pending()).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Outcome.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"HASHED", "PARTIAL"})
    void shouldNeverShowAnUnscannedUploadAsWithoutMatch(Outcome outcome) {
        picture.ended(outcome(1, outcome));

        assertThat(row(1).match()).isEqualTo(MatchState.NOT_SCANNED);
        assertThat(picture.summary().notScanned()).isEqualTo(1);
        assertThat(picture.summary().coverage()).hasValue(0);
    }

    @Test
    void shouldCallAPartialScanWithoutAlertInconclusive() {
        picture.ended(outcome(1, Outcome.PARTIAL));

        assertThat(row(1).match()).isEqualTo(MatchState.INCONCLUSIVE);
        assertThat(picture.summary().scanned()).isZero();
    }

    @Test
    void shouldShowTheAlertLeastLikelyToBeChance() {
        picture.ended(outcome(1, Outcome.HASHED));
        picture.matched(alert(1, "weak", 60, 1e-6));
        picture.matched(alert(1, "strong", 5, 1e-30));
        picture.matched(alert(1, "middle", 30, 1e-12));

        assertThat(row(1).match()).isEqualTo(MatchState.MATCH);
        assertThat(row(1).strongest().orElseThrow().getProtectedModel().getId()).isEqualTo("strong");
        assertThat(picture.summary().matched()).isEqualTo(1);
    }

    @Test
    void shouldBoundTheAlertsOfOneUploadKeepingTheStrongest() {
        for (int i = 0; i < 100; i++) {
            picture.matched(alert(1, "model-" + i, 50, 1e-6 / (i + 1)));
        }

        assertThat(row(1).alerts()).hasSize(UploadRow.MAX_ALERTS);
        assertThat(row(1).strongest().orElseThrow().getProtectedModel().getId()).isEqualTo("model-99");
    }

    @Test
    void shouldGiveTheSamePictureInEveryOrderAndWithRepeats() {
        var steps = pipeline();
        var expected = describe(fold(steps));
        for (int seed = 0; seed < 50; seed++) {
            var shuffled = new ArrayList<>(steps);
            shuffled.addAll(steps.subList(0, seed % steps.size()));
            Collections.shuffle(shuffled, new Random(seed));

            assertThat(describe(fold(shuffled))).as("seed " + seed).isEqualTo(expected);
        }
    }

    private static List<Consumer<LivePicture>> pipeline() {
        var steps = new ArrayList<Consumer<LivePicture>>();
        for (int n = 0; n < 6; n++) {
            int upload = n;
            steps.add(picture -> picture.received(upload(upload)));
            steps.add(picture -> picture.ended(outcome(upload, upload == 3 ? Outcome.MALFORMED : Outcome.HASHED)));
        }
        steps.add(picture -> picture.matched(alert(2, "a", 10, 1e-20)));
        steps.add(picture -> picture.matched(alert(2, "b", 11, 1e-19)));
        steps.add(picture -> picture.matched(alert(4, "a", 12, 1e-18)));
        steps.add(picture -> picture.alerted(caseOf(alert(4, "a", 12, 1e-18), 3)));
        steps.add(picture -> picture.alerted(caseOf(alert(2, "b", 11, 1e-19), 5)));
        steps.add(picture -> picture.protectedModel(model("a", FIRST)));
        steps.add(picture -> picture.ended(protectionOutcome("a", FIRST, Outcome.HASHED)));
        steps.add(picture -> picture.coded(protectedCode("a", FIRST)));
        return steps;
    }

    private static LivePicture fold(List<Consumer<LivePicture>> steps) {
        var picture = new LivePicture(10, 10);
        steps.forEach(step -> step.accept(picture));
        return picture;
    }

    private static List<Object> describe(LivePicture picture) {
        return List.of(
                picture.summary(),
                picture.uploads(10, null),
                picture.cases().page(CaseFilter.ALL, CaseOrder.NEWEST, 10, null),
                picture.protectedModels());
    }

    @Test
    void shouldKeepTheNewestUploadsAndCountAll() {
        for (int n = 0; n < 25; n++) {
            picture.received(upload(n));
            picture.ended(outcome(n, Outcome.HASHED));
        }

        assertThat(ids(picture.uploads(100, null)))
                .hasSize(10)
                .startsWith(uploadId(24))
                .endsWith(uploadId(15));
        assertThat(picture.upload(uploadId(14))).isEmpty();
        assertThat(picture.summary().received()).isEqualTo(25);
        assertThat(picture.summary().coverage()).hasValue(1);
    }

    @Test
    void shouldCountAnUploadOnceThoughItLeftTheWindowBeforeItsOutcome() {
        for (int n = 0; n < 25; n++) {
            picture.received(upload(n));
        }
        picture.ended(outcome(0, Outcome.HASHED));

        assertThat(picture.summary().received()).isEqualTo(25);
        assertThat(picture.summary().scanned()).isEqualTo(1);
        assertThat(picture.upload(uploadId(0))).isEmpty();
    }

    @Test
    void shouldReplaceAnOutcomeInTheCounts() {
        picture.ended(outcome(1, Outcome.FAILED));
        picture.ended(outcome(1, Outcome.HASHED));

        assertThat(picture.summary().byOutcome())
                .containsEntry(Outcome.FAILED, 0L)
                .containsEntry(Outcome.HASHED, 1L);
    }

    @Test
    void shouldPageWithoutGapOrRepeatWhileRowsArrive() {
        for (int n = 0; n < 6; n++) {
            picture.received(upload(n));
        }
        var first = picture.uploads(2, null);
        picture.received(upload(6));
        var second =
                picture.uploads(2, RowKey.fromCursor(first.next().orElseThrow().cursor()));
        var third = picture.uploads(2, second.next().orElseThrow());

        assertThat(ids(first)).containsExactly(uploadId(5), uploadId(4));
        assertThat(ids(second)).containsExactly(uploadId(3), uploadId(2));
        assertThat(ids(third)).containsExactly(uploadId(1), uploadId(0));
        assertThat(third.next()).isEmpty();
    }

    @Test
    void shouldMeasureFromUploadToOutcomeAndToAlert() {
        for (int n = 0; n < 3; n++) {
            picture.ended(outcome(n, Outcome.HASHED));
            picture.alerted(caseOf(alert(n, "model-" + n, 3, 1e-20), n + 3));
        }

        assertThat(picture.summary().toOutcome()).isEqualTo(new Latencies.Percentiles(3, 2_000, 2_000, 2_000));
        assertThat(picture.summary().toAlert()).isEqualTo(new Latencies.Percentiles(3, 4_000, 5_000, 5_000));
    }

    @Test
    void shouldTakeTheLastChangeForALaterUploadOfAnOldCase() {
        var later = alert(8, "a", 3, 1e-20);
        var opened = caseOf(alert(1, "a", 3, 1e-20), 2);
        picture.alerted(opened);
        picture.alerted(io.weighbridge.schemas.avro.InfringementCase.newBuilder(opened)
                .setLatest(later)
                .setLastSeenAt(later.getMatchedAt().plusSeconds(4))
                .build());

        assertThat(picture.summary().cases()).isEqualTo(1);
        assertThat(picture.summary().toAlert()).isEqualTo(new Latencies.Percentiles(2, 2_000, 4_000, 4_000));
    }

    @Test
    void shouldFollowAProtectionToItsEnd() {
        picture.protectedModel(model("a", FIRST));
        assertThat(protectedRow("a").status()).isEqualTo(ProtectedRow.Status.PENDING);

        picture.ended(protectionOutcome("a", FIRST, Outcome.UNREACHABLE));
        assertThat(protectedRow("a").status()).isEqualTo(ProtectedRow.Status.NOT_PROTECTED);
        assertThat(protectedRow("a").reason()).hasValue("no known format at byte 0");

        picture.protectedModel(model("a", AGAIN));
        assertThat(protectedRow("a").status()).isEqualTo(ProtectedRow.Status.PENDING);

        picture.coded(protectedCode("a", AGAIN));
        assertThat(protectedRow("a").status()).isEqualTo(ProtectedRow.Status.ACTIVE);

        picture.withdrawn("a");
        assertThat(picture.protectedModels()).isEmpty();
        assertThat(picture.summary().protectedModels()).containsEntry(ProtectedRow.Status.ACTIVE, 0L);
    }

    @Test
    void shouldCountTheCasesOfAProtectedModelOnce() {
        picture.protectedModel(model("a", FIRST));
        picture.alerted(caseOf(alert(1, "a", 3, 1e-20), 1));
        picture.alerted(caseOf(alert(2, "a", 3, 1e-20), 1));

        assertThat(protectedRow("a").counts().total()).isEqualTo(1);
    }

    @Test
    void shouldNumberChangesAndTellReadersThatFellBehind() {
        picture.received(upload(1));
        picture.ended(outcome(1, Outcome.HASHED));

        var changes = picture.changes();
        assertThat(changes.since(1).orElseThrow()).containsExactly(new Change(2, Change.Kind.OUTCOME, uploadId(1)));
        assertThat(changes.since(2)).hasValue(List.of());
        assertThat(changes.since(3)).isEmpty();

        for (int i = 0; i < 5_000; i++) {
            picture.received(upload(1));
        }
        assertThat(changes.since(2)).isEmpty();
        assertThat(changes.since(changes.last() - 1))
                .hasValueSatisfying(list -> assertThat(list).hasSize(1));
    }

    private UploadRow row(int n) {
        return picture.upload(uploadId(n)).orElseThrow();
    }

    private ProtectedRow protectedRow(String id) {
        return picture.protectedModel(id).orElseThrow();
    }

    private static List<String> ids(Page<UploadRow> page) {
        return page.rows().stream().map(row -> row.upload().getId()).toList();
    }
}

package io.weighbridge.app.feed.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CaseBookTest {

    private final CaseBook book = new CaseBook(100);

    @Test
    void shouldGiveBackTheCaseButForTheOccurrencesItCounted() {
        var known = TestCases.of(1, "a");
        book.put(known);

        assertThat(book.get(TestCases.id(1)))
                .contains(InfringementCase.newBuilder(known)
                        .setOccurrenceKeys(List.of())
                        .build());
        assertThat(book.get("none")).isEmpty();
    }

    @Test
    void shouldListInEveryOrder() {
        put(1, CaseState.NEW, Severity.LOW);
        put(2, CaseState.NEW, Severity.CRITICAL);
        put(3, CaseState.NEW, Severity.LOW);
        put(4, CaseState.NEW, Severity.CRITICAL);

        assertThat(all(CaseOrder.NEWEST)).containsExactly("case-4", "case-3", "case-2", "case-1");
        assertThat(all(CaseOrder.OLDEST)).containsExactly("case-1", "case-2", "case-3", "case-4");
        assertThat(all(CaseOrder.SEVERITY)).containsExactly("case-2", "case-4", "case-1", "case-3");
    }

    @Test
    void shouldReadOnFromACursorThoughCasesCameMovedAndWent() {
        for (int n = 1; n <= 6; n++) {
            put(n, CaseState.NEW, Severity.LOW);
        }
        var first = book.page(CaseFilter.ALL, CaseOrder.NEWEST, 2, null);
        var cursor = CasePlace.fromCursor(first.next().orElseThrow().cursor(), CaseOrder.NEWEST);

        put(7, CaseState.NEW, Severity.LOW);
        book.put(
                TestCases.builder(2, "a").setLastSeenAt(TestCases.openedAt(100)).build());
        var second = book.page(CaseFilter.ALL, CaseOrder.NEWEST, 10, cursor);

        assertThat(ids(first)).containsExactly("case-6", "case-5");
        assertThat(ids(second)).containsExactly("case-4", "case-3", "case-1");
        assertThat(second.next()).isEmpty();
        assertThat(second.total()).isEqualTo(7);
    }

    @Test
    void shouldRefuseACursorOfAnotherOrder() {
        put(1, CaseState.NEW, Severity.LOW);
        String cursor = CaseOrder.NEWEST.place(book.row("case-1").orElseThrow()).cursor();

        assertThatThrownBy(() -> CasePlace.fromCursor(cursor, CaseOrder.SEVERITY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("in the order severity");
        assertThatThrownBy(() -> CasePlace.fromCursor("!", CaseOrder.NEWEST))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldFilterByEveryPart() {
        put(1, CaseState.NEW, Severity.LOW);
        put(2, CaseState.IN_REVIEW, Severity.CRITICAL);
        book.put(TestCases.builder(3, "b")
                .setState(CaseState.CLOSED)
                .setVerdict(Verdict.TEST)
                .build());
        book.put(TestCases.builder(4, "a").setHeld(HeldReason.SHADOW).build());

        assertThat(fitting(filter().states(CaseState.NEW))).containsExactly("case-4", "case-1");
        assertThat(fitting(filter().severities(Severity.CRITICAL))).containsExactly("case-2");
        assertThat(fitting(filter().verdicts(Verdict.TEST))).containsExactly("case-3");
        assertThat(fitting(filter().held(HeldFilter.NONE))).containsExactly("case-3", "case-2", "case-1");
        assertThat(fitting(filter().held(new HeldFilter(false, Set.of(HeldReason.SHADOW)))))
                .containsExactly("case-4");
        assertThat(fitting(filter().protectedId("b"))).containsExactly("case-3");
        assertThat(fitting(filter().owner("MALLORY-2"))).containsExactly("case-2");
        assertThat(fitting(filter().uploader("bot-1"))).containsExactly("case-3", "case-1");
        assertThat(fitting(filter().text("Y-3/NE"))).containsExactly("case-3");
        assertThat(fitting(filter().text("model B"))).containsExactly("case-3");
        assertThat(fitting(filter().text("no such"))).isEmpty();
        assertThat(fitting(filter().since(TestCases.openedAt(13)))).containsExactly("case-4", "case-3");
        assertThat(fitting(filter().until(TestCases.openedAt(12)))).containsExactly("case-1");
    }

    @Test
    void shouldCountByKindThroughChanges() {
        put(1, CaseState.NEW, Severity.LOW);
        put(2, CaseState.NEW, Severity.HIGH);
        put(3, CaseState.CLOSED, Severity.HIGH);
        put(2, CaseState.SUPPRESSED, Severity.HIGH);
        book.put(TestCases.builder(4, "a").setHeld(HeldReason.QUARANTINE).build());

        var counts = book.counts(CaseFilter.ALL);

        assertThat(counts.byState())
                .containsEntry(CaseState.NEW, 1)
                .containsEntry(CaseState.SUPPRESSED, 1)
                .containsEntry(CaseState.CLOSED, 1)
                .containsEntry(CaseState.DISPUTED, 0);
        assertThat(counts.openBySeverity()).containsEntry(Severity.LOW, 1).containsEntry(Severity.HIGH, 0);
        assertThat(counts.byHeld()).containsEntry(HeldReason.QUARANTINE, 1);
        assertThat(counts.open()).isEqualTo(1);
        assertThat(counts.total()).isEqualTo(4);
        assertThat(book.countsOfProtected("a")).isEqualTo(counts);
        assertThat(book.countsOfProtected("none").total()).isZero();
        assertThat(book.counts(filter().owner("mallory-1").get()).total()).isEqualTo(1);
    }

    @Test
    void shouldGroupWithWhatWaitsFirst() {
        put(1, CaseState.CLOSED, Severity.CRITICAL);
        put(2, CaseState.CLOSED, Severity.LOW);
        book.put(TestCases.of(3, "b", CaseState.NEW, Severity.MEDIUM));
        book.put(TestCases.of(4, "b", CaseState.CLOSED, Severity.CRITICAL));

        var groups = book.groups(CaseFilter.ALL, CaseGroup.By.PROTECTED);

        assertThat(groups).extracting(CaseGroup::key).containsExactly("b", "a");
        assertThat(groups.get(0).worst()).as("of those that wait").isEqualTo(Severity.MEDIUM);
        assertThat(groups.get(1).worst()).as("of all, as none waits").isEqualTo(Severity.CRITICAL);
        assertThat(groups.get(0).lastSeenAt()).isEqualTo(TestCases.openedAt(14));
        assertThat(book.groups(CaseFilter.ALL, CaseGroup.By.OWNER)).hasSize(4);
        assertThat(book.groups(CaseFilter.ALL, CaseGroup.By.UPLOADER))
                .extracting(CaseGroup::cases)
                .containsExactly(2, 2);
    }

    @Test
    void shouldLeaveOutThoseSeenLongestAgoAndCountThemOnce() {
        var small = new CaseBook(2);
        for (int n = 1; n <= 4; n++) {
            small.put(TestCases.of(n, "a"));
        }
        small.put(TestCases.of(1, "a"));

        assertThat(small.size()).isEqualTo(2);
        assertThat(small.row("case-4")).isPresent();
        assertThat(small.row("case-1")).isEmpty();
        assertThat(small.leftOut()).isEqualTo(2);
        assertThat(small.counts(CaseFilter.ALL).total()).isEqualTo(2);

        small.put(
                TestCases.builder(1, "a").setLastSeenAt(TestCases.openedAt(100)).build());

        assertThat(small.row("case-1")).as("seen again").isPresent();
        assertThat(small.leftOut()).isEqualTo(2);
    }

    @Test
    void shouldKnowWhatASuppressionCovers() {
        var dismissal = Suppression.newBuilder(TestRecords.suppression())
                .setCreatedAt(TestCases.openedAt(50))
                .build();
        book.put(TestCases.builder(1, "a").setDismissal(dismissal).build());
        put(2, CaseState.NEW, Severity.LOW);

        assertThat(book.coveredBy(dismissal.getId())).isEqualTo(1);
        assertThat(book.wasDismissedBefore("case-1", TestCases.openedAt(51))).isTrue();
        assertThat(book.wasDismissedBefore("case-1", TestCases.openedAt(49))).isFalse();
        assertThat(book.wasDismissedBefore("case-2", Instant.MAX)).isFalse();

        put(1, CaseState.NEW, Severity.LOW);

        assertThat(book.coveredBy(dismissal.getId())).isZero();
    }

    @Test
    void shouldRefuseToKeepNothing() {
        assertThatThrownBy(() -> new CaseBook(0)).hasMessageContaining("expected 1 or more, got 0");
    }

    private void put(int n, CaseState state, Severity severity) {
        book.put(TestCases.of(n, "a", state, severity));
    }

    private List<String> all(CaseOrder order) {
        return ids(book.page(CaseFilter.ALL, order, 100, null));
    }

    private List<String> fitting(Wanted wanted) {
        var page = book.page(wanted.get(), CaseOrder.NEWEST, 100, null);
        assertThat(page.total()).isEqualTo(page.rows().size());
        return ids(page);
    }

    private static List<String> ids(CasePage page) {
        return new ArrayList<>(page.rows().stream().map(CaseRow::alertId).toList());
    }

    private static Wanted filter() {
        return new Wanted();
    }

    /** A filter that asks for one thing. */
    private static final class Wanted {

        private Set<CaseState> states = Set.of();
        private Set<Severity> severities = Set.of();
        private Set<Verdict> verdicts = Set.of();
        private HeldFilter held = HeldFilter.ANY;
        private String protectedId;
        private String owner;
        private String uploader;
        private String text;
        private Instant since;
        private Instant until;

        Wanted states(CaseState state) {
            states = Set.of(state);
            return this;
        }

        Wanted severities(Severity severity) {
            severities = Set.of(severity);
            return this;
        }

        Wanted verdicts(Verdict verdict) {
            verdicts = Set.of(verdict);
            return this;
        }

        Wanted held(HeldFilter wanted) {
            held = wanted;
            return this;
        }

        Wanted protectedId(String id) {
            protectedId = id;
            return this;
        }

        Wanted owner(String name) {
            owner = name;
            return this;
        }

        Wanted uploader(String name) {
            uploader = name;
            return this;
        }

        Wanted text(String wanted) {
            text = wanted;
            return this;
        }

        Wanted since(Instant time) {
            since = time;
            return this;
        }

        Wanted until(Instant time) {
            until = time;
            return this;
        }

        CaseFilter get() {
            return new CaseFilter(states, severities, held, verdicts, protectedId, owner, uploader, text, since, until);
        }
    }
}

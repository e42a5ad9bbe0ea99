package io.weighbridge.app.feed.cases;

import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.Severity;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * How many cases there are of each kind. Those that are held count by the reason for it, and nowhere else but in the total. Not safe for
 * use by many threads.
 */
public final class CaseCounts {

    private final int[] byState = new int[CaseState.values().length];
    private final int[] openBySeverity = new int[Severity.values().length];
    private final int[] byHeld = new int[HeldReason.values().length];
    private int total;

    /** Counts one more. */
    void add(CaseRow row) {
        count(row, 1);
    }

    /** Counts one less: a row as it was added. */
    void remove(CaseRow row) {
        count(row, -1);
    }

    private void count(CaseRow row, int step) {
        total += step;
        if (row.held() != null) {
            byHeld[row.held().ordinal()] += step;
            return;
        }
        byState[row.state().ordinal()] += step;
        if (row.isOpen()) {
            openBySeverity[row.severity().ordinal()] += step;
        }
    }

    CaseCounts copy() {
        var copy = new CaseCounts();
        copy.total = total;
        System.arraycopy(byState, 0, copy.byState, 0, byState.length);
        System.arraycopy(openBySeverity, 0, copy.openBySeverity, 0, openBySeverity.length);
        System.arraycopy(byHeld, 0, copy.byHeld, 0, byHeld.length);
        return copy;
    }

    /** Cases with an alert, by every state. */
    public Map<CaseState, Integer> byState() {
        return byKind(CaseState.class, byState);
    }

    /** Cases with an alert that wait for people, by every severity. */
    public Map<Severity, Integer> openBySeverity() {
        return byKind(Severity.class, openBySeverity);
    }

    /** Cases without an alert, by every reason for it. */
    public Map<HeldReason, Integer> byHeld() {
        return byKind(HeldReason.class, byHeld);
    }

    /** Cases with an alert that wait for people. */
    public int open() {
        return openBySeverity().values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Those that count with regard to being held back. */
    int total(HeldFilter filter) {
        int held = IntStream.of(byHeld).sum();
        int fitting = filter.withAlert() ? total - held : 0;
        for (HeldReason reason : filter.reasons()) {
            fitting += byHeld[reason.ordinal()];
        }
        return fitting;
    }

    /** All, held or not. */
    public int total() {
        return total;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CaseCounts counts
                && total == counts.total
                && Arrays.equals(byState, counts.byState)
                && Arrays.equals(openBySeverity, counts.openBySeverity)
                && Arrays.equals(byHeld, counts.byHeld);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(byState) + Arrays.hashCode(byHeld);
    }

    private static <E extends Enum<E>> Map<E, Integer> byKind(Class<E> kinds, int[] counts) {
        var map = new EnumMap<E, Integer>(kinds);
        for (E kind : kinds.getEnumConstants()) {
            map.put(kind, counts[kind.ordinal()]);
        }
        return map;
    }
}

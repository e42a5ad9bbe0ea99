package io.weighbridge.app.feed.cases;

import io.weighbridge.schemas.avro.InfringementCase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Every case: a row in memory for each, sorted in all orders, and the case itself packed. Above its capacity those seen longest ago are left
 * out, and counted. Safe for use by many threads; readers do not wait for one another.
 */
public final class CaseBook {

    /** Ids of cases left out that are remembered, so that none is counted twice. */
    private static final int REMEMBERED = 100_000;

    private record Held(CaseRow row, PackedCase packed) {}

    private final int capacity;
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    private final Map<String, Held> byId = new HashMap<>();
    private final Map<CaseOrder, TreeMap<CasePlace, CaseRow>> sorted = new EnumMap<>(CaseOrder.class);
    private final CaseCounts counts = new CaseCounts();
    private final Map<String, CaseCounts> byProtected = new HashMap<>();
    private final Map<String, Integer> byDismissal = new HashMap<>();
    private final Map<String, Boolean> leftOut = new LinkedHashMap<>();
    private long forgotten;

    /** @param capacity cases that are kept, 1 or more */
    public CaseBook(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("capacity: expected 1 or more, got " + capacity);
        }
        this.capacity = capacity;
        for (CaseOrder order : CaseOrder.values()) {
            sorted.put(order, new TreeMap<>(order.comparator()));
        }
    }

    /** Adds a case, or replaces the one with its id; returns the row before, if there was one. */
    public Optional<CaseRow> put(InfringementCase known) {
        var held = new Held(CaseRow.of(known), PackedCase.of(known));
        lock.writeLock().lock();
        try {
            String id = known.getAlertId();
            var before = Optional.ofNullable(byId.get(id)).map(Held::row);
            before.ifPresent(this::remove);
            leftOut.remove(id);
            add(held);
            if (byId.size() > capacity) {
                leaveOut(sorted.get(CaseOrder.NEWEST).lastEntry().getValue());
            }
            return before;
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** The case with all that is known of it. */
    public Optional<InfringementCase> get(String alertId) {
        return reading(() -> Optional.ofNullable(byId.get(alertId)))
                .map(held -> held.packed().unpacked());
    }

    public Optional<CaseRow> row(String alertId) {
        return reading(() -> Optional.ofNullable(byId.get(alertId)).map(Held::row));
    }

    /**
     * At most {@code limit} rows that fit, those after {@code after}, or from the first if it is null.
     *
     * @param after a place in the same order
     */
    public CasePage page(CaseFilter filter, CaseOrder order, int limit, CasePlace after) {
        return reading(() -> {
            var all = sorted.get(order);
            var rows = new ArrayList<CaseRow>();
            boolean isMore = false;
            for (CaseRow row : (after == null ? all : all.tailMap(after, false)).values()) {
                if (!filter.fits(row)) {
                    continue;
                }
                if (rows.size() == limit) {
                    isMore = true;
                    break;
                }
                rows.add(row);
            }
            var next = isMore ? Optional.of(order.place(rows.get(limit - 1))) : Optional.<CasePlace>empty();
            return new CasePage(rows, total(filter), next);
        });
    }

    /** Relies on: the lock is held. What is asked most often needs no look at each case. */
    private long total(CaseFilter filter) {
        if (filter.equals(CaseFilter.ALL.withHeld(filter.held()))) {
            return counts.total(filter.held());
        }
        return byId.values().stream().filter(held -> filter.fits(held.row())).count();
    }

    /** Counts of the cases that fit. */
    public CaseCounts counts(CaseFilter filter) {
        if (filter.equals(CaseFilter.ALL)) {
            return reading(counts::copy);
        }
        var found = new CaseCounts();
        forEach(filter, found::add);
        return found;
    }

    /** Counts of the cases in which copies of a protected model were found. */
    public CaseCounts countsOfProtected(String protectedId) {
        return reading(() -> {
            var known = byProtected.get(protectedId);
            return known == null ? new CaseCounts() : known.copy();
        });
    }

    /** How many cases a suppression keeps away from people. */
    public int coveredBy(String suppressionId) {
        return reading(() -> byDismissal.getOrDefault(suppressionId, 0));
    }

    /** Whether something keeps the case away from people, and did so before that time. */
    public boolean wasDismissedBefore(String alertId, Instant time) {
        return row(alertId)
                .filter(row -> row.dismissedAt() != null && row.dismissedAt().isBefore(time))
                .isPresent();
    }

    /** The cases that fit, by what they have in common; the groups with the most that waits for people first. */
    public List<CaseGroup> groups(CaseFilter filter, CaseGroup.By by) {
        var groups = new HashMap<String, CaseGroup>();
        forEach(filter, row -> groups.merge(by.key(row), CaseGroup.of(by, row), CaseGroup::with));
        return sortedGroups(groups.values());
    }

    /** Visits the rows that fit, the last seen first. */
    public void forEach(CaseFilter filter, Consumer<CaseRow> visit) {
        reading(() -> {
            sorted.get(CaseOrder.NEWEST).values().stream().filter(filter::fits).forEach(visit);
            return null;
        });
    }

    /** Cases that are kept. */
    public int size() {
        return reading(byId::size);
    }

    /** Cases that were seen, but are not kept; exact up to {@value #REMEMBERED}. */
    public long leftOut() {
        return reading(() -> forgotten + leftOut.size());
    }

    /** Bytes of all packed cases. */
    long packedBytes() {
        return reading(() -> byId.values().stream()
                .mapToLong(held -> held.packed().sizeBytes())
                .sum());
    }

    private static List<CaseGroup> sortedGroups(Collection<CaseGroup> groups) {
        return groups.stream().sorted(CaseGroup.MOST_OPEN_FIRST).toList();
    }

    private void add(Held held) {
        var row = held.row();
        byId.put(row.alertId(), held);
        sorted.forEach((order, rows) -> rows.put(order.place(row), row));
        counts.add(row);
        byProtected
                .computeIfAbsent(row.protectedModel().getId(), id -> new CaseCounts())
                .add(row);
        if (row.dismissalId() != null) {
            byDismissal.merge(row.dismissalId(), 1, Integer::sum);
        }
    }

    private void remove(CaseRow row) {
        byId.remove(row.alertId());
        sorted.forEach((order, rows) -> rows.remove(order.place(row)));
        counts.remove(row);
        byProtected.computeIfPresent(row.protectedModel().getId(), (id, known) -> {
            known.remove(row);
            return known.total() == 0 ? null : known;
        });
        if (row.dismissalId() != null) {
            byDismissal.computeIfPresent(row.dismissalId(), (id, covered) -> covered == 1 ? null : covered - 1);
        }
    }

    private void leaveOut(CaseRow row) {
        remove(row);
        leftOut.put(row.alertId(), true);
        if (leftOut.size() > REMEMBERED) {
            leftOut.remove(leftOut.keySet().iterator().next());
            forgotten++;
        }
    }

    private <T> T reading(Supplier<T> question) {
        lock.readLock().lock();
        try {
            return question.get();
        } finally {
            lock.readLock().unlock();
        }
    }
}

package io.weighbridge.app.feed.cases;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The orders that cases are listed in. */
public enum CaseOrder {
    /** The last seen first. */
    NEWEST(Comparator.comparing(CasePlace::time)
            .thenComparing(CasePlace::alertId)
            .reversed()) {
        @Override
        CasePlace place(CaseRow row) {
            return new CasePlace(this, 0, row.lastSeenAt(), row.alertId());
        }
    },
    /** The first opened first. */
    OLDEST(Comparator.comparing(CasePlace::time).thenComparing(CasePlace::alertId)) {
        @Override
        CasePlace place(CaseRow row) {
            return new CasePlace(this, 0, row.firstSeenAt(), row.alertId());
        }
    },
    /** The most severe first, of these the first opened first. */
    SEVERITY(Comparator.comparingInt(CasePlace::rank)
            .reversed()
            .thenComparing(CasePlace::time)
            .thenComparing(CasePlace::alertId)) {
        @Override
        CasePlace place(CaseRow row) {
            return new CasePlace(this, row.severity().ordinal(), row.firstSeenAt(), row.alertId());
        }
    };

    private final Comparator<CasePlace> comparator;

    CaseOrder(Comparator<CasePlace> comparator) {
        this.comparator = comparator;
    }

    /** Where the row stands in this order. */
    abstract CasePlace place(CaseRow row);

    Comparator<CasePlace> comparator() {
        return comparator;
    }

    /** As written in addresses. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The order of that {@link #text()}. */
    public static Optional<CaseOrder> of(String text) {
        return Stream.of(values()).filter(order -> order.text().equals(text)).findFirst();
    }
}

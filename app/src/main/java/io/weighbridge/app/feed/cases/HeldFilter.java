package io.weighbridge.app.feed.cases;

import io.weighbridge.schemas.avro.HeldReason;
import java.util.Set;

/**
 * Which cases count with regard to being held back.
 *
 * @param withAlert whether those count that are not held
 * @param reasons for being held that count
 */
public record HeldFilter(boolean withAlert, Set<HeldReason> reasons) {

    /** Cases that have an alert. */
    public static final HeldFilter NONE = new HeldFilter(true, Set.of());

    /** All. */
    public static final HeldFilter ANY = new HeldFilter(true, Set.of(HeldReason.values()));

    public HeldFilter {
        reasons = Set.copyOf(reasons);
    }

    boolean fits(HeldReason held) {
        return held == null ? withAlert : reasons.contains(held);
    }
}

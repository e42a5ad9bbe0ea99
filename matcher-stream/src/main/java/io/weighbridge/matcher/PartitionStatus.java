package io.weighbridge.matcher;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How one partition of the index fares on this instance.
 *
 * @param codes what it keeps; empty unless it is {@link State#ACTIVE}
 * @param newestApplied when the newest of its entries was uploaded or protected; empty if there is none
 * @param pendingSearches that are yet to be done
 */
public record PartitionStatus(
        int partition,
        State state,
        List<IndexCodes> codes,
        Optional<Instant> newestApplied,
        long pendingSearches,
        List<QuarantinedModel> quarantined) {

    /** Whether the partition answers here. */
    public enum State {
        /** It does. */
        ACTIVE,
        /** It will, when it has been read back from its changelog. */
        RESTORING,
        /** A copy that takes over if the active one is lost. */
        STANDBY
    }

    public PartitionStatus {
        codes = List.copyOf(codes);
        quarantined = List.copyOf(quarantined);
    }

    /** One that does not answer. */
    static PartitionStatus silent(int partition, State state) {
        return new PartitionStatus(partition, state, List.of(), Optional.empty(), 0, List.of());
    }
}

package io.weighbridge.app.life.meters;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weighbridge.app.index.Restoring;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** How a role of this process fares: what the probes say, and what is still to be restored. */
public final class RoleMetrics {

    private RoleMetrics() {}

    /**
     * Tells of one role.
     *
     * @param restoring how far the stores are that are being read back
     */
    public static void bind(
            MeterRegistry meters,
            String role,
            BooleanSupplier isLive,
            BooleanSupplier isReady,
            Supplier<Collection<Restoring>> restoring) {
        Gauge.builder("weighbridge.role.live", () -> isLive.getAsBoolean() ? 1 : 0)
                .description("1 while the role runs or is about to, 0 once it has failed")
                .tag("role", role)
                .register(meters);
        Gauge.builder("weighbridge.role.ready", () -> isReady.getAsBoolean() ? 1 : 0)
                .description("1 while the role runs with all of its stores restored, else 0")
                .tag("role", role)
                .register(meters);
        Gauge.builder("weighbridge.role.restoring", () -> missing(restoring.get()))
                .description("Records of changelogs that are yet to be read back")
                .baseUnit("records")
                .tag("role", role)
                .register(meters);
    }

    private static long missing(Collection<Restoring> stores) {
        return stores.stream()
                .mapToLong(store -> Math.max(0, store.toRestore() - store.restored()))
                .sum();
    }
}

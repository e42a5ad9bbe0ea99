package io.weighbridge.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.chaos.fault.Faults;
import io.weighbridge.app.chaos.site.SitePlan;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The faults that happen most to a role, in one round; {@link LongChaosTest} has all of them. */
class ShortChaosTest {

    /** What the processes said stays here. */
    private static final Path FOLDER = Path.of("target", "chaos", "short-" + System.nanoTime());

    private static final long SEED = Long.getLong("weighbridge.chaos.seed", System.nanoTime());

    @Test
    void shouldLoseAndDoubleNothingWhenARoleIsKilledAmongPoisonedRecords() throws Exception {
        var faults = List.of(Faults.of("poisoned-records"), Faults.of("kill-role"));
        var result = new Round(faults, SitePlan.ofEach(1), 6, SEED, FOLDER).run();
        System.out.println(result.describe());
        assertThat(result.isClean()).as(result.describe()).isTrue();
    }
}

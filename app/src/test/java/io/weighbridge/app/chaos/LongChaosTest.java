package io.weighbridge.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.chaos.fault.Fault;
import io.weighbridge.app.chaos.fault.Faults;
import io.weighbridge.app.chaos.site.SitePlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every fault by itself, on an installation of its own. {@code -Dweighbridge.chaos.faults=ID,...} chooses some,
 * {@code -Dweighbridge.chaos.rounds=N} repeats each, {@code -Dweighbridge.chaos.seed=S} repeats a run.
 */
@Tag("chaos")
class LongChaosTest {

    private static final double UPLOADS_PER_SECOND = 5;
    private static final Path FOLDER = Path.of("target", "chaos");
    private static final long SEED = Long.getLong("weighbridge.chaos.seed", System.nanoTime());

    private static final List<RoundResult> RESULTS = Collections.synchronizedList(new ArrayList<>());
    private static final List<String> SKIPPED = Collections.synchronizedList(new ArrayList<>());

    @TestFactory
    Stream<DynamicTest> shouldLoseAndDoubleNothing() {
        int rounds = Integer.getInteger("weighbridge.chaos.rounds", 1);
        return faults().stream()
                .flatMap(fault -> IntStream.rangeClosed(1, rounds)
                        .mapToObj(round -> DynamicTest.dynamicTest(
                                fault.id() + " " + round + " of " + rounds, () -> run(fault, round))));
    }

    private static void run(Fault fault, int round) throws Exception {
        fault.missing().ifPresent(what -> {
            SKIPPED.add(fault.id());
            System.err.println("SKIPPED " + fault.id() + ": " + what);
        });
        Assumptions.assumeTrue(fault.missing().isEmpty(), () -> fault.missing().orElse(""));
        long seed = SEED + round;
        Path folder = FOLDER.resolve(fault.id() + "-" + seed);
        var result = new Round(List.of(fault), SitePlan.twoOfEach(), UPLOADS_PER_SECOND, seed, folder).run();
        RESULTS.add(result);
        ResultTable.write(RESULTS, SKIPPED, FOLDER.resolve("table.md"));
        System.out.println(result.describe());
        assertThat(result.isClean()).as(result.describe()).isTrue();
    }

    private static List<Fault> faults() {
        String chosen = System.getProperty("weighbridge.chaos.faults", "");
        return chosen.isBlank()
                ? Faults.all()
                : Arrays.stream(chosen.split(","))
                        .map(String::strip)
                        .map(Faults::of)
                        .toList();
    }
}

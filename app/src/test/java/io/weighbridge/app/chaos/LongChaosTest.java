package io.weighbridge.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.chaos.ResultTable.Missing;
import io.weighbridge.app.chaos.fault.Fault;
import io.weighbridge.app.chaos.fault.Faults;
import io.weighbridge.app.chaos.site.SitePlan;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every fault by itself, on an installation of its own. {@code -Dweighbridge.chaos.faults=ID,...} chooses some,
 * {@code -Dweighbridge.chaos.rounds=N} repeats each, {@code -Dweighbridge.chaos.seed=S} repeats a
 * run, {@code -Dweighbridge.chaos.instances=N} has N instances of each role, {@code -Dweighbridge.chaos.report=FILE} says where the table goes.
 */
@Tag("chaos")
class LongChaosTest {

    private static final double UPLOADS_PER_SECOND = 5;
    private static final String CHOSEN = "weighbridge.chaos.faults";
    private static final Path DOCUMENT = Path.of("..", "docs", "reliability.md");
    private static final Path FOLDER = Path.of("target", "chaos");
    private static final long SEED = Long.getLong("weighbridge.chaos.seed", System.nanoTime());

    private static final List<RoundResult> RESULTS = Collections.synchronizedList(new ArrayList<>());
    private static final List<Missing> MISSING = Collections.synchronizedList(new ArrayList<>());

    @TestFactory
    Stream<DynamicTest> shouldLoseAndDoubleNothing() {
        int rounds = Integer.getInteger("weighbridge.chaos.rounds", 1);
        return faults().stream()
                .flatMap(fault -> IntStream.rangeClosed(1, rounds)
                        .mapToObj(round -> DynamicTest.dynamicTest(
                                fault.id() + " " + round + " of " + rounds, () -> run(fault, round))));
    }

    /** Into the document, if every fault has had its turn, or into the file that is asked for. */
    @AfterAll
    static void report() throws IOException {
        String chosen = System.getProperty("weighbridge.chaos.report", isWhole() ? DOCUMENT.toString() : "");
        if (!chosen.isEmpty()) {
            ResultTable.writeInto(Path.of(chosen), described(), ResultTable.of(RESULTS, MISSING));
        }
    }

    private static boolean isWhole() {
        return System.getProperty(CHOSEN, "").isBlank() && !RESULTS.isEmpty();
    }

    private static String described() {
        var machine = ManagementFactory.getOperatingSystemMXBean();
        return String.format(
                Locale.ROOT,
                "%s; %s %s, %d cores, load %.0f at the end; Java %s; first seed %d.",
                LocalDate.now(ZoneOffset.UTC),
                machine.getName(),
                machine.getArch(),
                machine.getAvailableProcessors(),
                machine.getSystemLoadAverage(),
                Runtime.version().feature(),
                SEED + 1);
    }

    private static void run(Fault fault, int round) throws Exception {
        fault.missing().ifPresent(what -> {
            MISSING.add(new Missing(fault.id(), "skipped: " + what));
            System.err.println("SKIPPED " + fault.id() + ": " + what);
        });
        Assumptions.assumeTrue(fault.missing().isEmpty(), () -> fault.missing().orElse(""));
        var result = resultOf(fault, SEED + round);
        RESULTS.add(result);
        ResultTable.write(RESULTS, MISSING, FOLDER.resolve("table.md"));
        System.out.println(result.describe());
        assertThat(result.isClean()).as(result.describe()).isTrue();
    }

    private static RoundResult resultOf(Fault fault, long seed) throws Exception {
        try {
            return new Round(
                            List.of(fault),
                            SitePlan.ofEach(Integer.getInteger("weighbridge.chaos.instances", 2)),
                            UPLOADS_PER_SECOND,
                            seed,
                            FOLDER.resolve(fault.id() + "-" + seed))
                    .run();
        } catch (Exception e) {
            MISSING.add(new Missing(fault.id(), "broken off: " + e.getMessage()));
            throw e;
        }
    }

    private static List<Fault> faults() {
        String chosen = System.getProperty(CHOSEN, "");
        return chosen.isBlank()
                ? Faults.all()
                : Arrays.stream(chosen.split(","))
                        .map(String::strip)
                        .map(Faults::of)
                        .toList();
    }
}

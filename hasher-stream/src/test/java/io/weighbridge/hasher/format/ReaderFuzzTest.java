package io.weighbridge.hasher.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Scans broken copies of all files in {@code src/test/resources/models}, whatever their format: each comes to one outcome that is no fault
 * of ours, and takes bounded work and memory. Work is counted in reads and bytes, not in time, so that a slow machine does not fail.
 *
 * <p>{@code -Dweighbridge.fuzz.cases=1000000 -Dweighbridge.fuzz.seed=7} runs longer and elsewhere; {@code -Dweighbridge.fuzz.case=SEED}
 * repeats one case. The bytes of those that fail are left in {@code target/fuzz}.
 */
class ReaderFuzzTest {

    private static final int CASES = Integer.getInteger("weighbridge.fuzz.cases", 1_500);
    private static final long SEED = Long.getLong("weighbridge.fuzz.seed", 20_261);
    private static final Path FAILED = Path.of("target", "fuzz");
    private static final int MOST_FAILURES = 20;

    private static final ReadLimits LIMITS =
            new ReadLimits(1 << 20, 1_000, 1 << 18, 200, 1 << 20, 3, 250, 16, Duration.ofMinutes(5));

    private static final long MAX_READS = 100_000;
    private static final long MAX_READ_BYTES = 64 << 20;
    private static final long MAX_ALLOCATED_BYTES = 128 << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ModelScanner scanner = new ModelScanner(LIMITS, ReadingHasher.create());

    @Test
    void shouldComeToAnOutcomeWhateverIsBroken() throws IOException {
        var mutator = new Mutator(samples());
        var one = Long.getLong("weighbridge.fuzz.case");
        var failures = new ArrayList<String>();
        var outcomes = new EnumMap<Outcome, Integer>(Outcome.class);
        for (int i = 0; i < (one == null ? CASES : 1) && failures.size() < MOST_FAILURES; i++) {
            long seed = one == null ? SEED * 1_000_003 + i : one;
            var bytes = mutator.mutant(new Random(seed));
            var failure = failureOf(bytes, outcomes);
            if (failure.isPresent()) {
                failures.add("-Dweighbridge.fuzz.case=" + seed + ": " + failure.get());
                Files.write(Files.createDirectories(FAILED).resolve(seed + ".bin"), bytes);
            }
        }
        assertThat(failures).isEmpty();
        expectVariety(outcomes, one == null ? CASES : 0);
    }

    @Test
    void shouldHaveSamplesThatAreRead() throws IOException {
        var outcomes = new EnumMap<Outcome, Integer>(Outcome.class);
        for (var sample : samples()) {
            assertThat(failureOf(sample, outcomes)).isEmpty();
        }
        assertThat(outcomes.get(Outcome.HASHED)).isGreaterThan(10);
    }

    /** Mutants that took too much when they were found: 2 to 17 kB of HDF5 that had 100,000 reads or 800 MB read. */
    @Test
    void shouldBoundWhatOnceWasNotBounded() throws IOException {
        var found = files("fuzz");
        assertThat(found).hasSizeGreaterThan(2);
        for (var file : found) {
            assertThat(failureOf(file, new EnumMap<>(Outcome.class))).isEmpty();
        }
    }

    /** Mutants that all fail at the first byte would find nothing. */
    private static void expectVariety(Map<Outcome, Integer> outcomes, int cases) {
        if (cases >= 1_000) {
            assertThat(outcomes.getOrDefault(Outcome.HASHED, 0)).isGreaterThan(cases / 50);
            assertThat(outcomes.getOrDefault(Outcome.MALFORMED, 0)).isGreaterThan(cases / 5);
        }
    }

    /** What is wrong with the scan of some bytes; empty if nothing is. */
    private Optional<String> failureOf(byte[] bytes, Map<Outcome, Integer> outcomes) {
        var source = new CountedBytes(bytes, MAX_READS);
        long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
        FileScan scan;
        try {
            scan = scanner.scan(source, "mutant", Duration.ofMinutes(5), Siblings.NONE);
        } catch (RuntimeException | Error e) {
            return Optional.of("thrown " + e);
        }
        long allocated = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        outcomes.merge(scan.getOutcome(), 1, Integer::sum);
        var what = " (" + scan.getFormat() + ", " + bytes.length + " bytes: " + scan.getOutcome() + " "
                + scan.getReason() + ")";
        if (List.of(Outcome.FAILED, Outcome.TIMED_OUT, Outcome.UNREACHABLE).contains(scan.getOutcome())) {
            return Optional.of("outcome" + what);
        }
        if (scan.getOutcome() != Outcome.HASHED
                && (scan.getReason() == null || scan.getReason().isBlank())) {
            return Optional.of("no reason" + what);
        }
        boolean mayHaveCodes = scan.getOutcome() == Outcome.HASHED || scan.getOutcome() == Outcome.PARTIAL;
        if (mayHaveCodes == scan.getCodes().isEmpty()) {
            return Optional.of(scan.getCodes().size() + " codes" + what);
        }
        if (source.readBytes() > MAX_READ_BYTES) {
            return Optional.of("read " + source.readBytes() + " bytes in " + source.reads() + " reads" + what);
        }
        return allocated > MAX_ALLOCATED_BYTES
                ? Optional.of("allocated " + (allocated >> 20) + " MiB" + what)
                : Optional.empty();
    }

    private static List<byte[]> samples() throws IOException {
        return files("models");
    }

    private static List<byte[]> files(String folder) throws IOException {
        try (var files = Files.list(Path.of("src", "test", "resources", folder))) {
            var samples = new ArrayList<byte[]>();
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                samples.add(Files.readAllBytes(file));
            }
            return samples;
        }
    }
}

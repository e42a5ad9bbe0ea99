package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.TestCodes;
import io.weighbridge.schemas.avro.ModelCode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole topology, with real stores, against a plain scan over what has been seen so far. */
class MatcherTopologyPropertyTest {

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final AlgorithmId PRI = AlgorithmId.parse("pri@3");
    private static final AlgorithmId IWP = AlgorithmId.parse("iwp@2");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "1, 3, 8, 0, index",
        "2, 9, 8, 3, index",
        "3, 0, 5, 0, index",
        "4, 13, 9, 2, index",
        "5, 30, 8, 0, scan",
        "6, 5, 3, 0, scan",
        "7, 12, 8, 1, auto",
        "8, 64, 16, 0, auto"
    })
    void shouldAlertWhatAPlainScanFinds(long seed, int radius, int substrings, int prefixBits, String mode) {
        var random = new Random(seed);
        var settings = Map.of(
                MatcherSettings.SUBSTRINGS, "" + substrings,
                MatcherSettings.PREFIX_BITS, "" + prefixBits,
                MatcherSettings.MODE, mode);
        var pri = TestAlgorithm.of("pri@3", 64, radius);
        var iwp = TestAlgorithm.of("iwp@2", 128, radius);
        var oracle = new Oracle(Map.of(PRI, radius, IWP, radius));
        try (var driver = new MatcherDriver(folder, settings, pri, iwp)) {
            var alerts = new ArrayList<List<String>>();
            for (var event : events(radius, 70, random)) {
                event.apply(driver, oracle);
                driver.alerts().forEach(alert -> alerts.add(TestEvents.pair(alert)));
            }
            assertThat(alerts)
                    .as("seed %d", seed)
                    .hasSizeGreaterThan(10)
                    .containsExactlyInAnyOrderElementsOf(oracle.pairs);
        }
    }

    /** The same records, read again into an empty matcher. */
    @Test
    void shouldReproduceEveryAlertByteForByte(@TempDir Path again) {
        long seed = 9;
        var settings = Map.of(MatcherSettings.SUBSTRINGS, "8");
        var events = events(9, 60, new Random(seed));
        var first = bytes(folder, settings, events);
        assertThat(first).as("seed %d", seed).hasSizeGreaterThan(10);
        assertThat(bytes(again, settings, events)).as("seed %d", seed).isEqualTo(first);
    }

    private static List<String> bytes(Path folder, Map<String, String> settings, List<Event> events) {
        var oracle = new Oracle(Map.of(PRI, 9, IWP, 9));
        try (var driver = new MatcherDriver(
                folder, settings, TestAlgorithm.of("pri@3", 64, 9), TestAlgorithm.of("iwp@2", 128, 9))) {
            events.forEach(event -> event.apply(driver, oracle));
            return driver.alertBytes().stream()
                    .map(record -> record.key()
                            + record.timestamp()
                            + record.headers()
                            + HexFormat.of().formatHex(record.value()))
                    .toList();
        }
    }

    private interface Event {
        void apply(MatcherDriver driver, Oracle oracle);
    }

    private static List<Event> events(int radius, int size, Random random) {
        var pri = TestCodes.clustered(PRI, 64, radius, 40, random);
        var iwp = TestCodes.clustered(IWP, 128, radius, 40, random);
        var events = new ArrayList<Event>();
        for (int i = 0; i < size; i++) {
            var codes = codes(pri, iwp, random);
            var at = TestEvents.START
                    .plus(Duration.ofHours(random.nextInt(24 * 45)))
                    .plusMillis(i);
            String id = "p" + random.nextInt(12);
            int kind = random.nextInt(20);
            if (kind == 0) {
                events.add((driver, oracle) -> {
                    driver.withdraw(id, at);
                    oracle.withdraw(id);
                });
            } else if (kind < 9) {
                var value = TestEvents.protection(id, at, codes);
                events.add((driver, oracle) -> {
                    driver.protect(value);
                    oracle.protect(value);
                });
            } else if (kind < 11 && !events.isEmpty()) {
                events.add(events.get(random.nextInt(events.size())));
            } else {
                var value = TestEvents.upload("u" + i, "o/" + random.nextInt(5), at, codes);
                events.add((driver, oracle) -> {
                    driver.upload(value);
                    oracle.upload(value);
                });
            }
        }
        return events;
    }

    private static PerceptualCode[] codes(List<PerceptualCode> pri, List<PerceptualCode> iwp, Random random) {
        var one = pri.get(random.nextInt(pri.size()));
        var other = iwp.get(random.nextInt(iwp.size()));
        return switch (random.nextInt(4)) {
            case 0 -> new PerceptualCode[] {one};
            case 1 -> new PerceptualCode[] {other};
            default -> new PerceptualCode[] {one, other};
        };
    }

    /** The specification: every code seen, compared with every other. */
    private static final class Oracle {
        private final Map<AlgorithmId, Integer> radii;
        private final Map<String, ModelCode> protections = new LinkedHashMap<>();
        private final Map<String, ModelCode> uploads = new LinkedHashMap<>();
        private final List<List<String>> pairs = new ArrayList<>();

        Oracle(Map<AlgorithmId, Integer> radii) {
            this.radii = radii;
        }

        void withdraw(String id) {
            radii.keySet().forEach(algorithm -> protections.remove(algorithm + id));
        }

        void protect(ModelCode value) {
            for (var algorithm : radii.keySet()) {
                String key = algorithm + value.getProtectedModel().getId();
                var next = code(algorithm, value);
                var before = protections.get(key);
                if (next == null) {
                    protections.remove(key);
                } else if (before == null || !next.equals(code(algorithm, before))) {
                    protections.put(key, value);
                    uploads.values().forEach(upload -> compare(algorithm, upload, value));
                }
            }
        }

        void upload(ModelCode value) {
            if (uploads.putIfAbsent(value.getUpload().getId(), value) == null) {
                for (var algorithm : radii.keySet()) {
                    protections.forEach((key, protection) -> {
                        if (key.startsWith(algorithm.toString())) {
                            compare(algorithm, value, protection);
                        }
                    });
                }
            }
        }

        private void compare(AlgorithmId algorithm, ModelCode upload, ModelCode protection) {
            var one = code(algorithm, upload);
            var other = code(algorithm, protection);
            Instant latest = upload.getUpload().getUploadedAt().plus(RETENTION);
            if (one != null
                    && other != null
                    && one.distanceBits(other) <= radii.get(algorithm)
                    && !protection.getProtectedModel().getProtectedAt().isAfter(latest)) {
                pairs.add(TestEvents.pair(upload, protection, one, other));
            }
        }

        private static PerceptualCode code(AlgorithmId algorithm, ModelCode value) {
            return CodeChange.only(algorithm, value)
                    .map(only -> IndexEntry.codeOf(only.getFile().getCodes().get(0)))
                    .orElse(null);
        }
    }
}

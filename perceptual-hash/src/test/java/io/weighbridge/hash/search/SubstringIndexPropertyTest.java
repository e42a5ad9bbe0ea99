package io.weighbridge.hash.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Scan, look-ups and the choice between them find what a plain loop finds, each code once, while codes are added and removed. */
class SubstringIndexPropertyTest {

    private static final AlgorithmId ID = AlgorithmId.parse("test@1");

    /** Above this, looking up everything is too long for a test. */
    private static final double MOST_LOOKUPS = 20_000;

    @Test
    void shouldFindWhatAPlainLoopFindsAtAnyRadiusWithAnyNumberOfSubstrings() {
        long seed = 20261124;
        var random = new Random(seed);
        Set<SearchMode> modes = EnumSet.noneOf(SearchMode.class);
        for (int bits : new int[] {64, 128, 192, 256, 512, 1024}) {
            for (int round = 0; round < 12; round++) {
                int substrings = bits / 64 + random.nextInt(bits / 8);
                var check = new Check(bits, substrings, random, "seed " + seed + " bits " + bits + " m " + substrings);
                for (int step = 0; step < 4; step++) {
                    check.change(200);
                    check.search(modes);
                }
            }
        }
        assertThat(modes).as("modes that were chosen").containsExactlyInAnyOrder(SearchMode.values());
    }

    /** Every radius up to a quarter of the bits and some beyond, among enough codes for look-ups to pay at the least of them. */
    @Test
    void shouldFindAllAtEveryRadius() {
        long seed = 31;
        var random = new Random(seed);
        Set<SearchMode> modes = EnumSet.noneOf(SearchMode.class);
        var check = new Check(256, 16, random, "seed " + seed);
        check.change(6_000);
        for (int radius = 0; radius <= 256; radius += radius < 64 ? 1 : 16) {
            check.search(check.query(radius), radius, modes);
        }
        assertThat(modes).as("modes that were chosen").containsExactlyInAnyOrder(SearchMode.values());
    }

    /** So many alike that what look-ups find costs more than a scan: the choice must turn round half-way, and report nothing twice. */
    @Test
    void shouldTurnToAScanHalfWayAndReportEachOnce() {
        var random = new Random(8);
        var index = new SubstringIndex(ID, 256, 16);
        var code = TestCodes.random(ID, 256, random);
        for (int i = 0; i < 20_000; i++) {
            index.add(i % 2 == 0 ? code : TestCodes.random(ID, 256, random));
        }
        var found = new ArrayList<Integer>();
        var came = index.search(code, 16, (query, slot, distanceBits) -> found.add(slot));
        assertThat(came.mode()).isEqualTo(SearchMode.SCAN);
        assertThat(found).hasSize(10_000).doesNotHaveDuplicates();
    }

    /** One index and, beside it, the codes by number. */
    private static final class Check {
        private final Map<Integer, PerceptualCode> codes = new TreeMap<>();
        private final int bits;
        private final int substrings;
        private final SubstringIndex index;
        private final Random random;
        private final String what;

        Check(int bits, int substrings, Random random, String what) {
            this.bits = bits;
            this.substrings = substrings;
            index = new SubstringIndex(ID, bits, substrings);
            this.random = random;
            this.what = what;
        }

        /** Adds clusters, duplicates and strangers, and removes about a third as many, in between. */
        void change(int additions) {
            var fresh = TestCodes.clustered(ID, bits, 1 + random.nextInt(bits / 3), additions, random);
            for (var code : fresh) {
                boolean again = random.nextInt(10) == 0 && !codes.isEmpty();
                add(again ? any() : code);
                if (random.nextInt(3) == 0) {
                    int number = anyNumber();
                    index.remove(number);
                    codes.remove(number);
                }
            }
            assertThat(index.size()).isEqualTo(codes.size());
        }

        private void add(PerceptualCode code) {
            assertThat(codes.put(index.add(code), code))
                    .as("code under a number in use")
                    .isNull();
        }

        private int anyNumber() {
            var numbers = new ArrayList<>(codes.keySet());
            return numbers.get(random.nextInt(numbers.size()));
        }

        private PerceptualCode any() {
            return codes.get(anyNumber());
        }

        PerceptualCode query(int radius) {
            int distance = Math.min(bits, random.nextInt(radius + 2));
            return random.nextBoolean()
                    ? TestCodes.at(distance, any(), random)
                    : TestCodes.runAt(distance, any(), random);
        }

        void search(Set<SearchMode> modes) {
            for (int radius : new int[] {0, random.nextInt(8), bits / 8, random.nextInt(bits / 3), bits / 3, bits}) {
                search(query(radius), radius, modes);
            }
        }

        void search(PerceptualCode query, int radius, Set<SearchMode> modes) {
            var expected = new ArrayList<String>();
            codes.forEach((number, code) -> {
                if (code.distanceBits(query) <= radius) {
                    expected.add("0 " + number + " " + code.distanceBits(query));
                }
            });
            var chosen = new ArrayList<String>();
            modes.add(index.search(query, radius, collect(chosen)).mode());
            assertSame(chosen, expected, "choice", radius);
            var scanned = new ArrayList<String>();
            index.scan(List.of(query), radius, collect(scanned));
            assertSame(scanned, expected, "scan", radius);
            if (new SubstringPlan(bits, substrings, radius, 0, SearchMode.INDEX).lookups() <= MOST_LOOKUPS) {
                var lookedUp = new ArrayList<String>();
                index.lookUp(query, radius, collect(lookedUp));
                assertSame(lookedUp, expected, "look-ups", radius);
            }
        }

        private static CodeBlocks.Hits collect(List<String> found) {
            return (query, slot, distanceBits) -> found.add(query + " " + slot + " " + distanceBits);
        }

        private void assertSame(List<String> found, List<String> expected, String way, int radius) {
            assertThat(found).as("%s, %s radius %d", way, what, radius).containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}

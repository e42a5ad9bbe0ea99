package io.weighbridge.hash.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both layouts of codes give what was put in, and a scan of them finds what a plain loop finds, each code once and at its distance. */
class CodeBlocksPropertyTest {

    private static final AlgorithmId ID = AlgorithmId.parse("test@1");
    private static final int[] LENGTHS = {64, 128, 192, 256, 320, 512, 1024};

    @Test
    void shouldScanAsAPlainLoopDoes() {
        long seed = 20261124;
        var random = new Random(seed);
        for (int bits : LENGTHS) {
            for (int radius : radii(bits, random)) {
                var codes = codes(bits, radius, 1 + random.nextInt(2 * CodeBlocks.BLOCK + 100), random);
                var queries = queries(codes, radius, 1 + random.nextInt(6), random);
                check(codes, queries, radius, random, "seed " + seed + " bits " + bits + " radius " + radius);
            }
        }
    }

    /** Every radius there is, so that giving up on a block is tried with each of its thresholds. */
    @Test
    void shouldScanAtEveryRadius() {
        long seed = 815;
        var random = new Random(seed);
        for (int bits : new int[] {64, 128, 256, 1024}) {
            var codes = codes(bits, bits / 4, 300, random);
            var queries = queries(codes, bits / 4, 2, random);
            var blocks = blocks(codes);
            for (int radius = 0; radius <= bits; radius++) {
                var found = new ArrayList<String>();
                blocks.scan(queries, radius, 0, codes.size(), (query, slot, distanceBits) -> {
                    if (slot < codes.size()) {
                        found.add(query + " " + slot + " " + distanceBits);
                    }
                });
                assertThat(found)
                        .as("seed %d bits %d radius %d", seed, bits, radius)
                        .containsExactlyInAnyOrderElementsOf(expected(codes, queries, radius, 0, codes.size()));
            }
        }
    }

    @Test
    void shouldGiveBackTheCodeThatWasPutLast() {
        long seed = 5;
        var random = new Random(seed);
        for (int bits : LENGTHS) {
            var blocks = new CodeBlocks(bits);
            var rows = new CodeRows(bits);
            var codes = codes(bits, bits / 4, 500, random);
            for (int i = 0; i < 2_000; i++) {
                int slot = random.nextInt(codes.size());
                codes.set(slot, TestCodes.random(ID, bits, random));
                blocks.put(slot, codes.get(slot));
                rows.put(slot, codes.get(slot));
                assertThat(blocks.code(slot, ID)).isEqualTo(codes.get(slot));
                assertThat(rows.code(slot, ID)).isEqualTo(codes.get(slot));
            }
        }
    }

    /** Substrings that cross a word, and those that do not. */
    @Test
    void shouldCutTheBitsThatThePlanCuts() {
        var random = new Random(6);
        for (int bits : LENGTHS) {
            var code = TestCodes.random(ID, bits, random);
            var rows = new CodeRows(bits);
            rows.put(3, code);
            for (int substrings = bits / 64; substrings <= bits / 2; substrings++) {
                var plan = new SubstringPlan(bits, substrings, 0, 0, SearchMode.INDEX);
                for (int position = 0; position < substrings; position++) {
                    long expected = 0;
                    for (int bit = plan.firstBit(position); bit < plan.firstBit(position + 1); bit++) {
                        expected = expected << 1 | code.word(bit / 64) >>> 63 - bit % 64 & 1;
                    }
                    assertThat(rows.bits(3, plan.firstBit(position), plan.widthBits(position)))
                            .as("%s position %d", plan, position)
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static void check(
            List<PerceptualCode> codes, List<PerceptualCode> queries, int radius, Random random, String what) {
        int from = random.nextInt(codes.size());
        int to = from + random.nextInt(codes.size() - from + 1);
        var inBlocks = new ArrayList<String>();
        blocks(codes).scan(queries, radius, from, to, (query, slot, distanceBits) -> {
            if (slot >= from && slot < to) {
                inBlocks.add(query + " " + slot + " " + distanceBits);
            }
        });
        var rows = new CodeRows(codes.get(0).bits());
        for (int slot = 0; slot < codes.size(); slot++) {
            rows.put(slot, codes.get(slot));
        }
        var inRows = new ArrayList<String>();
        for (int i = 0; i < queries.size(); i++) {
            int query = i;
            rows.scan(queries.get(i), radius, from, to, (slot, distanceBits) -> {
                inRows.add(query + " " + slot + " " + distanceBits);
            });
        }
        var expected = expected(codes, queries, radius, from, to);
        assertThat(inBlocks).as("blocks, %s", what).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(inRows).as("rows, %s", what).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static CodeBlocks blocks(List<PerceptualCode> codes) {
        var blocks = new CodeBlocks(codes.get(0).bits());
        for (int slot = 0; slot < codes.size(); slot++) {
            blocks.put(slot, codes.get(slot));
        }
        return blocks;
    }

    private static List<String> expected(
            List<PerceptualCode> codes, List<PerceptualCode> queries, int radius, int from, int to) {
        var expected = new ArrayList<String>();
        for (int query = 0; query < queries.size(); query++) {
            for (int slot = from; slot < to; slot++) {
                int distance = queries.get(query).distanceBits(codes.get(slot));
                if (distance <= radius) {
                    expected.add(query + " " + slot + " " + distance);
                }
            }
        }
        return expected;
    }

    private static int[] radii(int bits, Random random) {
        return new int[] {0, 1 + random.nextInt(8), bits / 8, bits / 4, random.nextInt(bits + 1), bits};
    }

    /** Clusters, strangers and duplicates, in any order. */
    private static List<PerceptualCode> codes(int bits, int radius, int size, Random random) {
        var codes = TestCodes.clustered(ID, bits, Math.min(bits, radius), Math.min(size, 60), random);
        while (codes.size() < size) {
            boolean again = random.nextInt(8) == 0;
            codes.add(again ? codes.get(random.nextInt(codes.size())) : TestCodes.random(ID, bits, random));
        }
        Collections.shuffle(codes, random);
        return codes;
    }

    private static List<PerceptualCode> queries(List<PerceptualCode> codes, int radius, int size, Random random) {
        var queries = new ArrayList<PerceptualCode>();
        for (int i = 0; i < size; i++) {
            var code = codes.get(random.nextInt(codes.size()));
            int distance = Math.min(code.bits(), random.nextInt(radius + 2));
            queries.add(TestCodes.at(distance, code, random));
        }
        return queries;
    }
}

package io.weighbridge.hash.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A table holds what a plain map of slots holds, while codes come and go. */
class SubstringTablePropertyTest {

    private static final AlgorithmId ID = AlgorithmId.parse("test@1");
    private static final int BITS = 128;

    @Test
    void shouldFindWhatAPlainMapFindsWhileCodesComeAndGo() {
        long seed = 20261124;
        for (int width : new int[] {1, 2, 5, 6, 7, 9, 12, 16, 23, 33, 63, 64}) {
            for (int firstBit : new int[] {0, 50, BITS - width}) {
                var random = new Random(seed);
                var check = new Check(firstBit, width, random);
                for (int step = 0; step < 1_500; step++) {
                    check.change(step);
                }
                check.lookUpAll("seed " + seed + " first bit " + firstBit + " width " + width);
            }
        }
    }

    /** More look-ups than fit in a batch, and chains that are longer than a batch. */
    @Test
    void shouldCountWhatItComparesAndStopBeyondTheMost() {
        var rows = new CodeRows(BITS);
        var table = new SubstringTable(rows, 0, 16);
        var code = TestCodes.random(ID, BITS, new Random(1));
        for (int slot = 0; slot < 3_000; slot++) {
            rows.put(slot, code);
            table.add(slot);
        }
        var batch = new LookupBatch();
        batch.add(code.word(0) >>> 48);
        var found = new ArrayList<Integer>();
        assertThat(batch.run(table, rows, rows.words(code), 0, Long.MAX_VALUE, (slot, bits) -> found.add(slot)))
                .isEqualTo(3_000);
        assertThat(found).hasSize(3_000).doesNotHaveDuplicates();
        assertThat(batch.size()).isZero();

        batch.add(code.word(0) >>> 48);
        assertThat(batch.run(table, rows, rows.words(code), 0, 10, (slot, bits) -> {}))
                .isBetween(11L, 2_999L);
    }

    @Test
    void shouldRefuseToRemoveWhatIsNotThere() {
        var rows = new CodeRows(BITS);
        var table = new SubstringTable(rows, 0, 16);
        var random = new Random(2);
        for (int slot = 0; slot < 3; slot++) {
            rows.put(slot, TestCodes.random(ID, BITS, random));
            table.add(slot);
        }
        table.remove(1);
        assertThatThrownBy(() -> table.remove(1)).hasMessageContaining("slot 1 is not in the table");
    }

    /** One table and, beside it, the codes by slot. */
    private static final class Check {
        private final CodeRows rows = new CodeRows(BITS);
        private final SlotAllocator slots = new SlotAllocator();
        private final Map<Integer, PerceptualCode> codes = new TreeMap<>();
        private final List<PerceptualCode> seen = new ArrayList<>();
        private final SubstringTable table;
        private final SubstringPlan whole;
        private final int firstBit;
        private final int width;
        private final Random random;

        Check(int firstBit, int width, Random random) {
            table = new SubstringTable(rows, firstBit, width);
            whole = new SubstringPlan(BITS, 2, BITS, 0, SearchMode.SCAN);
            this.firstBit = firstBit;
            this.width = width;
            this.random = random;
        }

        /** Adds mostly, then removes mostly, then adds again. */
        void change(int step) {
            boolean adds = random.nextInt(10) < (step / 500 == 1 ? 2 : 8);
            if (adds || codes.isEmpty()) {
                add();
            } else {
                var all = new ArrayList<>(codes.keySet());
                int slot = all.get(random.nextInt(all.size()));
                table.remove(slot);
                slots.free(slot);
                codes.remove(slot);
            }
        }

        private void add() {
            var code = TestCodes.random(ID, BITS, random);
            if (!seen.isEmpty() && random.nextInt(3) == 0) {
                code = TestCodes.at(random.nextInt(4), seen.get(random.nextInt(seen.size())), random);
            }
            seen.add(code);
            int slot = slots.take();
            rows.put(slot, code);
            table.add(slot);
            codes.put(slot, code);
        }

        void lookUpAll(String what) {
            for (var query : seen.subList(0, 200)) {
                int radius = random.nextInt(BITS + 1);
                long wanted = bits(query);
                long nearby = wanted ^ 1L << random.nextInt(width);
                var batch = new LookupBatch();
                batch.add(wanted);
                batch.add(nearby);
                var found = new ArrayList<String>();
                batch.run(
                        table,
                        rows,
                        rows.words(query),
                        radius,
                        Long.MAX_VALUE,
                        (slot, distanceBits) -> found.add(slot + " " + distanceBits));
                var expected = new ArrayList<String>();
                codes.forEach((slot, code) -> {
                    int distance =
                            whole.substringDistanceBits(query, code, 0) + whole.substringDistanceBits(query, code, 1);
                    if (distance <= radius && (bits(code) == wanted || bits(code) == nearby)) {
                        expected.add(slot + " " + distance);
                    }
                });
                assertThat(found).as("%s radius %d", what, radius).containsExactlyInAnyOrderElementsOf(expected);
            }
        }

        private long bits(PerceptualCode code) {
            long bits = 0;
            for (int bit = firstBit; bit < firstBit + width; bit++) {
                bits = bits << 1 | code.word(bit / 64) >>> 63 - bit % 64 & 1;
            }
            return bits;
        }
    }
}

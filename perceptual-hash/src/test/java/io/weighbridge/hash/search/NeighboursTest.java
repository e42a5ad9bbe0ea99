package io.weighbridge.hash.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NeighboursTest {

    @Test
    void shouldVisitExactlyTheValuesWithinTheFlipsEachOnce() {
        for (int bits = 0; bits <= 7; bits++) {
            for (int flips = -1; flips <= bits + 1; flips++) {
                for (long value = 0; value < 1L << bits; value++) {
                    assertThat(neighbours(value, bits, flips))
                            .as("value %d of %d bits, %d flips", value, bits, flips)
                            .containsExactlyInAnyOrderElementsOf(within(value, bits, flips))
                            .hasSize((int) Neighbours.count(bits, flips));
                }
            }
        }
    }

    @Test
    void shouldFlipEveryOfSixtyFourBits() {
        assertThat(neighbours(-1L, 64, 1)).hasSize(65).doesNotHaveDuplicates().contains(Long.MAX_VALUE, -2L);
    }

    @Test
    void shouldCountBeyondTheRangeOfALong() {
        assertThat(Neighbours.count(64, 64)).isCloseTo(0x1p64, offset(0x1p20));
        assertThat(Neighbours.count(256, 256)).isCloseTo(0x1p256, offset(0x1p220));
        assertThat(Neighbours.count(16, 4)).isEqualTo(1 + 16 + 120 + 560 + 1820);
    }

    private static List<Long> neighbours(long value, int bits, int flips) {
        var visited = new ArrayList<Long>();
        Neighbours.forEachNeighbour(value, bits, flips, visited::add);
        return visited;
    }

    private static List<Long> within(long value, int bits, int flips) {
        var values = new ArrayList<Long>();
        for (long other = 0; other < 1L << bits; other++) {
            if (Long.bitCount(value ^ other) <= flips) {
                values.add(other);
            }
        }
        return values;
    }
}

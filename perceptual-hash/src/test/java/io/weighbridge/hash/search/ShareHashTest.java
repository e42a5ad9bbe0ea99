package io.weighbridge.hash.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ShareHashTest {

    /** Computed by an independent implementation (Python integers) of FNV-1a 64 and fmix64. */
    @Test
    void shouldStayTheSameForEver() {
        assertThat(ShareHash.of("")).isEqualTo(0xefd01f60ba992926L);
        assertThat(ShareHash.of("resnet-50")).isEqualTo(0xc58410f53c53ce23L);
        assertThat(ShareHash.of("Gewicht-Brücke/秤")).isEqualTo(0x5c0fca57bbff295cL);
        assertThat(ShareHash.share("resnet-50", 16)).isEqualTo(3);
    }

    @Test
    void shouldDealEvenly() {
        for (int shares : new int[] {1, 2, 7, 16, 32}) {
            var dealt = new int[shares];
            int ids = 2_000 * shares;
            for (int i = 0; i < ids; i++) {
                dealt[ShareHash.share("model-" + i, shares)]++;
            }
            // Six standard deviations of a fair deal.
            assertThat(Arrays.stream(dealt).boxed())
                    .as("%d shares", shares)
                    .allSatisfy(n -> assertThat(n).isBetween(1_730, 2_270));
        }
    }
}

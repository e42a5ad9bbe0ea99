package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MatchTest {

    /** Computed by an independent implementation (Python hashlib). Changing it opens every case anew. */
    @Test
    void shouldKeepAlertIdsForEver() {
        assertThat(Match.digest("huggingface", "mallory/résnet", "alice-resnet", Match.FAMILY))
                .isEqualTo("45e3132460b003542365a449e08d4f45");
    }

    @Test
    void shouldNotConfuseWhereOnePartEnds() {
        assertThat(Match.digest("ab", "c")).isNotEqualTo(Match.digest("a", "bc"));
        assertThat(Match.digest("a", "")).isNotEqualTo(Match.digest("", "a"));
    }
}

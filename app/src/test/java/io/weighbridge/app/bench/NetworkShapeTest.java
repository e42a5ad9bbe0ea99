package io.weighbridge.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkShapeTest {

    /** Torchvision's parameters without biases and batch norms. */
    @Test
    void shouldHaveTheWeightsOfTheRealNetworks() {
        assertThat(NetworkShape.resnet50().weights()).isEqualTo(25_557_032 - 53_120 - 1000);
        assertThat(NetworkShape.vgg16().weights()).isEqualTo(138_357_544 - 4224 - 9192);
    }

    @Test
    void shouldTellTheInstructionsByTheFlagsOfTheProcessor() {
        assertThat(DigestInstructions.of(List.of("model name\t: sha2", "flags\t\t: fpu sha_ni avx")))
                .isEqualTo("sha_ni");
        assertThat(DigestInstructions.of(List.of("Features\t: fp sha1 sha2"))).isEqualTo("sha2");
        assertThat(DigestInstructions.of(List.of("flags\t\t: fpu avx"))).isEqualTo("unknown");
    }

    @Test
    void shouldTakeTheMiddleOfTheRounds() {
        assertThat(Timing.of("x", new long[] {5, 1, 3})).isEqualTo(new Timing("x", 1, 3));
        assertThat(Timing.of("x", new long[] {4, 2})).isEqualTo(new Timing("x", 2, 3));
    }
}

package io.weighbridge.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CanonicalOrderTest {

    @Test
    void shouldCompareNumbersAsNumbers() {
        assertThat(order("layer10.a", "layer2.b", "layer2.a", "layer1.10", "layer1.9", "layer"))
                .containsExactly("layer", "layer1.9", "layer1.10", "layer2.a", "layer2.b", "layer10.a");
    }

    @Test
    void shouldCompareNumbersTooLongForAnInteger() {
        assertThat(order("w99999999999999999999999", "w100000000000000000000000"))
                .containsExactly("w99999999999999999999999", "w100000000000000000000000");
    }

    @Test
    void shouldOrderNamesThatDifferInLeadingZerosOnly() {
        assertThat(order("w1", "w01")).isEqualTo(order("w01", "w1"));
    }

    private static Stream<String> orderOf(String... names) {
        return CanonicalOrder.of(Stream.of(names)
                        .map(name -> TestLayer.of(name, LayerKind.DENSE, 1, 1, 1, at -> 1))
                        .toList())
                .stream()
                .map(WeightLayer::name);
    }

    private static java.util.List<String> order(String... names) {
        return orderOf(names).toList();
    }
}

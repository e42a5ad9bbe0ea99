package io.weighbridge.app.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumbersTest {

    @Test
    void shouldNotRoundUpToAll() {
        assertThat(Numbers.percent(1)).isEqualTo("100 %");
        assertThat(Numbers.percent(.99999)).isEqualTo("99.9 %");
        assertThat(Numbers.percent(.9896)).isEqualTo("99.0 %");
        assertThat(Numbers.percent(0)).isEqualTo("0.0 %");
        assertThat(Numbers.share(.99996)).isEqualTo("0.9999");
        assertThat(Numbers.share(.77657)).isEqualTo("0.7766");
        assertThat(Numbers.area(1)).isEqualTo("1.00000");
    }

    @Test
    void shouldWriteRatesAsPowersOfTen() {
        assertThat(Numbers.rate(1e-4)).isEqualTo("10⁻⁴");
        assertThat(Numbers.rate(8.3e-12)).isEqualTo("8.3·10⁻¹²");
        assertThat(Numbers.rate(.25)).isEqualTo("0.25");
        assertThat(Numbers.rate(0)).isEqualTo("0");
        assertThat(Numbers.count(1234567)).isEqualTo("1,234,567");
    }
}

package io.weighbridge.app.zoo.save;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrainFloatTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0x0000",
        "-0.0, 0x8000",
        "1, 0x3f80",
        "-2, 0xc000",
        "0.1, 0x3dcd",
        "1.00390625, 0x3f80",
        "1.01171875, 0x3f82",
        "1.00390637, 0x3f81",
        "3.38953139e38, 0x7f7f",
        "3.4028235e38, 0x7f80",
        "-3.4028235e38, 0xff80",
        "Infinity, 0x7f80",
        "NaN, 0x7fc0",
        "1e-45, 0x0000",
        "9.2e-41, 0x0001",
        "1.1754942e-38, 0x0080"
    })
    void shouldRoundToTheNearest(float value, String bits) {
        assertThat(BrainFloat.bits(value)).isEqualTo((short) (int) Integer.decode(bits));
    }
}

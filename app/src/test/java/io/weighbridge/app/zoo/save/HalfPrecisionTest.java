package io.weighbridge.app.zoo.save;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfPrecisionTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0x0000",
        "-0.0, 0x8000",
        "1, 0x3c00",
        "-2, 0xc000",
        "65504, 0x7bff",
        "65519.99, 0x7bff",
        "65520, 0x7c00",
        "-1e30, 0xfc00",
        "6.1035156e-5, 0x0400",
        "6.0975552e-5, 0x03ff",
        "5.9604645e-8, 0x0001",
        "2.9802322e-8, 0x0000",
        "3.0e-8, 0x0001",
        "0.1, 0x2e66",
        "1.00048828125, 0x3c00",
        "1.00146484375, 0x3c02",
        "1.9999, 0x4000"
    })
    void shouldRoundToTheNearestHalf(float value, String bits) {
        assertThat(HalfPrecision.bits(value)).isEqualTo((short) (int) Integer.decode(bits));
    }
}

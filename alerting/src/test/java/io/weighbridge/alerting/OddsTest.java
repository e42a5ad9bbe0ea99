package io.weighbridge.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OddsTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1 in 1",
        "0.5, 1 in 2",
        "0.004, 1 in 250",
        "2e-6, 1 in 500000",
        "1e-6, 1 in 1.0e6",
        "2.4e-15, 1 in 4.2e14",
        "9e-16, less than 1 in 1e15",
        "0, less than 1 in 1e15",
        "7, 1 in 1",
        "NaN, unknown"
    })
    void shouldSayHowOftenChanceComesThisNear(double falseMatchRate, String odds) {
        assertThat(Odds.ofChance(falseMatchRate)).isEqualTo(odds);
    }

    @ParameterizedTest
    @CsvSource({"4.2e-12, 1 - 4e-12", "1e-15, 1 - 1e-15", "7e-204, > 1 - 1e-15", "0, > 1 - 1e-15"})
    void shouldTellConfidenceByWhatIsMissing(double falseMatchRate, String text) {
        assertThat(Odds.confidenceText(falseMatchRate)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 0", "0.25, 0.75", "1e-20, 1", "7, 0", "-1, 1"})
    void shouldTurnAFalseMatchRateIntoConfidence(double falseMatchRate, double confidence) {
        assertThat(Odds.confidence(falseMatchRate)).isEqualTo(confidence);
    }
}

package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.schemas.TestTopics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MatcherSettingsTest {

    private static final AlgorithmId PRI = AlgorithmId.parse("pri@3");
    private static final AlgorithmId IWP = AlgorithmId.parse("iwp@2");
    private static final List<HashAlgorithm> ALGORITHMS = List.of(
            TestAlgorithm.of("pri@3", 256, 66), TestAlgorithm.of("iwp@2", 256, 31), TestAlgorithm.of("nts@1", 128, 0));

    @Test
    void shouldMatchThisBuildsAlgorithmsAtTheirOwnThresholds() {
        var settings = MatcherSettings.from(TestTopics.mock());
        assertThat(settings.rules().keySet()).extracting(AlgorithmId::toString).containsExactly("iwp@2", "pri@3");
        assertThat(settings.rules().values())
                .allSatisfy(rule -> assertThat(rule.thresholdBits())
                        .isEqualTo(Algorithms.byId(rule.id()).thresholdBits()));
        assertThat(settings.retention()).isEqualTo(Duration.ofDays(30));
        assertThat(settings.partitions()).isEqualTo(8);
        assertThat(settings.streams()).containsEntry("application.id", "weighbridge-matcher");
    }

    @Test
    void shouldTakeThresholdAndPlanFromSettings() {
        var rule = from(Map.of(
                        "weighbridge.matcher.algorithms", "pri@3",
                        "weighbridge.matcher.threshold.pri@3", "20",
                        "weighbridge.matcher.substrings", "11",
                        "weighbridge.matcher.prefix.bits", "4",
                        "weighbridge.matcher.mode", "index"))
                .rules()
                .get(PRI);
        assertThat(rule.thresholdBits()).isEqualTo(20);
        assertThat(rule.plan().substrings()).isEqualTo(11);
        assertThat(rule.plan().prefixBits()).isEqualTo(4);
        assertThat(rule.plan().modes()).containsExactly(SearchMode.INDEX);
    }

    @Test
    void shouldTakeEveryThresholdFromOneRate() {
        var settings = from(Map.of(MatcherSettings.FALSE_MATCH_RATE, "1e-60"));

        assertThat(settings.rules().values())
                .extracting(MatchRule::thresholdBits)
                .containsExactly(56, 56);
        assertThat(settings.rules().get(PRI).falseMatchRate()).isEqualTo(0x1p-200);
        assertThat(settings.rulesInWords())
                .containsExactly(
                        "iwp@2 raises alerts up to 56 of 256 bits, false match rate 6.2e-61, scan",
                        "pri@3 raises alerts up to 56 of 256 bits, false match rate 6.2e-61, scan");
        assertThat(settings.layout()).contains("radiusBits=56");
    }

    @Test
    void shouldLetTheThresholdOfAnAlgorithmWinOverTheRate() {
        var settings =
                from(Map.of(MatcherSettings.FALSE_MATCH_RATE, "1e-60", "weighbridge.matcher.threshold.pri@3", "20"));

        assertThat(settings.rules().values())
                .extracting(MatchRule::thresholdBits)
                .containsExactly(56, 20);
    }

    @Test
    void shouldRefuseRatesThatAreNoneOrThatNoDistanceHas() {
        assertThatThrownBy(() -> from(Map.of(MatcherSettings.FALSE_MATCH_RATE, "1.5")))
                .hasMessageContaining(
                        "weighbridge.matcher.false.match.rate: expected a number above 0, at most 1, got 1.5");
        assertThatThrownBy(() -> from(Map.of(MatcherSettings.FALSE_MATCH_RATE, "NaN")))
                .hasMessageContaining("got NaN");
        assertThatThrownBy(() -> from(Map.of(MatcherSettings.FALSE_MATCH_RATE, "1e-200")))
                .hasMessageContaining("weighbridge.matcher.false.match.rate: expected at least 8.6e-78,"
                        + " the rate of pri@3 at distance 0, got 1e-200");
    }

    @Test
    void shouldOfferTheIndexWhereItPaysWithTheExpectedNumberOfCodes() {
        assertThat(from(Map.of(MatcherSettings.EXPECTED_CODES, "100"))
                        .rules()
                        .get(IWP)
                        .plan()
                        .modes())
                .containsExactly(SearchMode.SCAN);
        assertThat(from(Map.of(MatcherSettings.EXPECTED_CODES, "10000000"))
                        .rules()
                        .get(IWP)
                        .plan()
                        .modes())
                .containsExactly(SearchMode.INDEX, SearchMode.SCAN);
    }

    @Test
    void shouldNameEverySettingThatIsWrong() {
        assertThatThrownBy(() -> from(Map.of(
                        MatcherSettings.ALGORITHMS,
                        "pri@3, xyz@7",
                        "weighbridge.matcher.threshold.pri@3",
                        "300",
                        MatcherSettings.PARTITIONS,
                        "0",
                        MatcherSettings.GRACE,
                        "-PT1S",
                        MatcherSettings.RETENTION,
                        "P99999999D")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("weighbridge.matcher.algorithms: expected some of")
                .hasMessageContaining("got xyz@7")
                .hasMessageContaining("pri@3: radiusBits: expected 0 to 256, got 300")
                .hasMessageContaining("weighbridge.matcher.partitions: expected 1 or more, got 0")
                .hasMessageContaining("weighbridge.matcher.retention.grace: expected")
                .hasMessageContaining("weighbridge.matcher.retention: expected");
        assertThatThrownBy(() -> from(Map.of(MatcherSettings.ALGORITHMS, " "))).hasMessageContaining("got none");
        assertThatThrownBy(() -> from(Map.of(MatcherSettings.MODE, "magic")))
                .hasMessageContaining("mode: expected auto, index or scan, got magic");
        assertThatThrownBy(() -> from(Map.of(
                        MatcherSettings.MODE, "index",
                        MatcherSettings.SUBSTRINGS, "8")))
                .hasMessageContaining("pri@3: index: expected at most 1,000,000 look-ups for a code, got ");
    }

    @Test
    void shouldNotShowKafkasSettings() {
        assertThat(from(Map.of("sasl.jaas.config", "secret")).toString()).doesNotContain("secret");
    }

    private static MatcherSettings from(Map<String, String> values) {
        return MatcherSettings.from(TestTopics.mock().with(values), ALGORITHMS);
    }
}

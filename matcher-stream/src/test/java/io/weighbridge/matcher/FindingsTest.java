package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedRef;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of matches: baselines and quarantine, through the whole topology. */
class FindingsTest {

    private static final AlgorithmId PRI = AlgorithmId.parse("pri@3");
    private static final Instant DAY_1 = TestEvents.START.plus(Duration.ofDays(1));

    /** The public model; a protected one made from it, 6 bits away; what is made from that, 2 bits further. */
    private static final PerceptualCode PUBLIC = PerceptualCode.of(PRI, 0x0123_4567_89ab_cdefL);

    private static final PerceptualCode TUNED = PerceptualCode.of(PRI, 0x0123_4567_89ab_cdefL ^ 0x3f);
    private static final PerceptualCode COPY = PerceptualCode.of(PRI, 0x0123_4567_89ab_cdefL ^ 0xff);

    @TempDir
    private Path folder;

    private MatcherDriver matcher;

    @BeforeEach
    void start() {
        var settings = Map.of(MatcherSettings.FLOOD_SHARE, ".2", MatcherSettings.FLOOD_WINDOW, "50");
        matcher =
                new MatcherDriver(folder, settings, TestAlgorithm.of("pri@3", 64, 8), TestAlgorithm.of("iwp@2", 64, 8));
    }

    @AfterEach
    void stop() {
        matcher.close();
    }

    @Test
    void shouldTellTheMarginToTheNearestBaseline() {
        matcher.protect(baseline("far", PerceptualCode.of(PRI, 0)));
        matcher.protect(baseline("near", PUBLIC));
        matcher.protect(TestEvents.protection("p", DAY_1, TUNED));
        matcher.upload(TestEvents.upload("u", "o/r", DAY_1, COPY));
        assertThat(matcher.alerts()).singleElement().satisfies(alert -> {
            assertThat(alert.getDistanceBits()).isEqualTo(2);
            assertThat(alert.getNearestBaseline().getId()).isEqualTo("near");
            assertThat(alert.getNearestBaseline().getDistanceBits()).isEqualTo(8);
            assertThat(alert.getNearestBaseline().getMarginBits()).isEqualTo(6);
        });
    }

    @Test
    void shouldRaiseNothingForACopyOfABaselineAlone() {
        matcher.protect(TestEvents.protection("p", DAY_1, TUNED));
        matcher.protect(baseline("public", PUBLIC));
        matcher.upload(TestEvents.upload("u", "o/r", DAY_1, PUBLIC));
        assertThat(matcher.alerts()).isEmpty();
        assertThat(matcher.heldAlerts()).isEmpty();
        assertThat(matcher.registry()
                        .get(MatcherMetrics.MATCHES_BASELINE)
                        .tag("algorithm", "pri@3")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void shouldRaiseNothingForAPublicModelThatSomebodyHadProtected() {
        matcher.upload(TestEvents.upload("u", "o/r", DAY_1, COPY));
        matcher.protect(baseline("public", PUBLIC));
        matcher.protect(TestEvents.protection("p", DAY_1, PUBLIC));
        assertThat(matcher.alerts()).isEmpty();
    }

    @Test
    void shouldAlertAgainWhenABaselineIsWithdrawn() {
        matcher.protect(baseline("public", PUBLIC));
        matcher.protect(TestEvents.protection("p", DAY_1, TUNED));
        matcher.withdraw("public", DAY_1);
        matcher.upload(TestEvents.upload("u", "o/r", DAY_1, PUBLIC));
        assertThat(matcher.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.getNearestBaseline()).isNull());
    }

    @Test
    void shouldKnowAProtectedModelThatBecomesABaseline() {
        matcher.protect(TestEvents.protection("p", DAY_1, PUBLIC));
        matcher.protect(baseline("p", PUBLIC));
        matcher.upload(TestEvents.upload("u", "o/r", DAY_1, PUBLIC));
        assertThat(matcher.alerts()).isEmpty();
    }

    @Test
    void shouldHoldTheAlertsOfAModelThatMatchesTooMuch() {
        matcher.protect(TestEvents.protection("flood", DAY_1, PUBLIC));
        matcher.protect(TestEvents.protection("quiet", DAY_1, PerceptualCode.of(PRI, 0)));
        for (int i = 0; i < 30; i++) {
            matcher.upload(TestEvents.upload("u" + i, "o/r" + i, DAY_1, COPY));
        }
        matcher.upload(TestEvents.upload("other", "o/other", DAY_1, PerceptualCode.of(PRI, 1)));
        var alerts = matcher.alerts();
        var held = matcher.heldAlerts();
        assertThat(alerts).hasSize(11);
        assertThat(alerts.get(10).getProtectedModel().getId()).isEqualTo("quiet");
        assertThat(held)
                .hasSize(20)
                .allMatch(alert -> alert.getProtectedModel().getId().equals("flood"));
        assertThat(matcher.registry()
                        .get(MatcherMetrics.ALERTS_HELD)
                        .tag("reason", "quarantine")
                        .tag("algorithm", "pri@3")
                        .counter()
                        .count())
                .isEqualTo(20);
    }

    @Test
    void shouldHoldTheAlertsOfAModelThatMatchesTooManyUploadsFromBefore() {
        for (int i = 0; i < 40; i++) {
            matcher.upload(TestEvents.upload("u" + i, "o/r" + i, DAY_1, COPY));
        }
        matcher.protect(TestEvents.protection("flood", DAY_1, PUBLIC));
        assertThat(matcher.alerts()).hasSize(10);
        assertThat(matcher.heldAlerts()).hasSize(30);
    }

    private static ModelCode baseline(String id, PerceptualCode... codes) {
        var value = TestEvents.protection(id, DAY_1, codes);
        return ModelCode.newBuilder(value)
                .setProtectedModel(ProtectedRef.newBuilder(value.getProtectedModel())
                        .setIsBaseline(true)
                        .build())
                .build();
    }
}

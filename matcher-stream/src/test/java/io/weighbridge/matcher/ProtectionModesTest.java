package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.schemas.avro.HeldReason;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.ProtectionMode;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which matches are alerts, by the mode of their protected model, through the whole topology. */
class ProtectionModesTest {

    private static final AlgorithmId PRI = AlgorithmId.parse("pri@3");
    private static final PerceptualCode CODE = PerceptualCode.of(PRI, 0x0123_4567_89ab_cdefL);
    private static final Instant DAY_1 = TestEvents.START.plus(Duration.ofDays(1));

    @TempDir
    private Path folder;

    private MatcherDriver matcher;

    @BeforeEach
    void start() {
        matcher =
                new MatcherDriver(folder, Map.of(), TestAlgorithm.of("pri@3", 64, 8), TestAlgorithm.of("iwp@2", 64, 8));
    }

    @AfterEach
    void stop() {
        matcher.close();
    }

    @Test
    void shouldHoldTheMatchesOfAModelThatStartsInShadowMode() {
        matcher.protect(startingIn(ProtectionMode.SHADOW));
        upload(DAY_1);

        assertThat(matcher.alerts()).isEmpty();
        assertThat(matcher.heldAlerts()).extracting(InfringementAlert::getHeld).containsExactly(HeldReason.SHADOW);
        assertThat(held("shadow")).isEqualTo(1);
    }

    @Test
    void shouldRaiseAlertsOnceAPolicySaysLive() {
        matcher.protect(startingIn(ProtectionMode.SHADOW));
        matcher.policy("p", policy(ProtectionMode.LIVE, null));
        upload(DAY_1);

        assertThat(matcher.heldAlerts()).isEmpty();
        assertThat(matcher.alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.getHeld()).isNull());
    }

    @Test
    void shouldGoBackToTheFirstModeWhenThePolicyIsTakenBack() {
        matcher.protect(startingIn(ProtectionMode.LIVE));
        matcher.policy("p", policy(ProtectionMode.SHADOW, null));
        matcher.policy("p", null);
        upload(DAY_1);

        assertThat(matcher.alerts()).hasSize(1);
    }

    @Test
    void shouldHoldMatchesUntilTheTimeThatAModelIsDisabledFor() {
        matcher.protect(startingIn(ProtectionMode.LIVE));
        matcher.policy("p", policy(ProtectionMode.DISABLED, DAY_1));

        upload(DAY_1.minusMillis(1));
        assertThat(matcher.heldAlerts()).extracting(InfringementAlert::getHeld).containsExactly(HeldReason.DISABLED);
        upload(DAY_1);
        assertThat(matcher.alerts()).hasSize(1);
    }

    @Test
    void shouldHoldEveryMatchOfAModelThatIsDisabledForGood() {
        matcher.protect(startingIn(ProtectionMode.LIVE));
        matcher.policy("p", policy(ProtectionMode.DISABLED, null));
        upload(DAY_1.plus(Duration.ofDays(30)));

        assertThat(matcher.alerts()).isEmpty();
        assertThat(held("disabled")).isEqualTo(1);
    }

    private void upload(Instant at) {
        matcher.upload(TestEvents.upload("u-" + at, "o/r", at, CODE));
    }

    private double held(String reason) {
        return matcher.registry()
                .get(MatcherMetrics.ALERTS_HELD)
                .tag("algorithm", "pri@3")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private static ModelCode startingIn(ProtectionMode mode) {
        var live = TestEvents.protection("p", TestEvents.START, CODE);
        return ModelCode.newBuilder(live)
                .setProtectedModel(ProtectedRef.newBuilder(live.getProtectedModel())
                        .setMode(mode)
                        .build())
                .build();
    }

    private static ProtectionPolicy policy(ProtectionMode mode, Instant disabledUntil) {
        return ProtectionPolicy.newBuilder()
                .setProtectedModelId("p")
                .setMode(mode)
                .setDisabledUntil(disabledUntil)
                .setChangedBy("ann")
                .setReason("a test")
                .setChangedAt(TestEvents.START)
                .build();
    }
}

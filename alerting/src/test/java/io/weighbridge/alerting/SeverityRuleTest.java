package io.weighbridge.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.BaselineMatch;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.LayerEvidence;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.UploadRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeverityRuleTest {

    @Test
    void shouldBeCriticalForANearCopyOfAllLayers() {
        var grade = SeverityRule.of(alert(0, 1.0));

        assertThat(grade.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(grade.reasons())
                .containsExactly(
                        "0 of 256 bits differ, far below the threshold of 100",
                        "100 % of the protected weights lie in matched layers");
    }

    @Test
    void shouldFallWithDistance() {
        assertThat(SeverityRule.of(alert(25, null)).severity()).isEqualTo(Severity.HIGH);
        assertThat(SeverityRule.of(alert(26, null)).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(SeverityRule.of(alert(60, null)).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(SeverityRule.of(alert(61, null)).severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void shouldFallWhenFewLayersWereCopied() {
        assertThat(SeverityRule.of(alert(25, 0.9)).severity()).isEqualTo(Severity.CRITICAL);
        assertThat(SeverityRule.of(alert(25, 0.5)).severity()).isEqualTo(Severity.HIGH);
        assertThat(SeverityRule.of(alert(25, 0.29)).severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void shouldFallWhenAPublicModelIsHardlyFarther() {
        assertThat(SeverityRule.of(withMargin(alert(25, null), 25)).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(SeverityRule.of(withMargin(alert(25, null), 26)).severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void shouldRiseWithALicenseThatTheProtectionDoesNotAllow() {
        var alert = withLicense(alert(50, null), "MIT");

        assertThat(SeverityRule.of(alert, allowing("apache-2.0")).severity()).isEqualTo(Severity.HIGH);
        assertThat(SeverityRule.of(alert, allowing("apache-2.0")).reasons())
                .contains("offered under MIT, which the protection does not allow");
        assertThat(SeverityRule.of(alert, allowing("mit")).severity()).isEqualTo(Severity.MEDIUM);
        assertThat(SeverityRule.of(alert).severity()).isEqualTo(Severity.MEDIUM);
    }

    @Test
    void shouldOnlyInformWithinOneOwnersModels() {
        var alert = InfringementAlert.newBuilder(alert(0, 1.0))
                .setProtectedModel(ProtectedRef.newBuilder(TestRecords.protectedRef())
                        .setOwner("Mallory")
                        .build())
                .build();

        assertThat(SeverityRule.of(alert))
                .isEqualTo(new SeverityRule.Grade(Severity.INFO, List.of("both belong to Mallory")));
    }

    private static InfringementAlert alert(int distanceBits, Double protectedShare) {
        return InfringementAlert.newBuilder(TestRecords.infringementAlert())
                .setBits(256)
                .setThresholdBits(100)
                .setDistanceBits(distanceBits)
                .setNearestBaseline(null)
                .setLayerEvidence(
                        protectedShare == null
                                ? null
                                : LayerEvidence.newBuilder(TestRecords.layerEvidence())
                                        .setProtectedShare(protectedShare)
                                        .build())
                .build();
    }

    private static InfringementAlert withMargin(InfringementAlert alert, int marginBits) {
        return InfringementAlert.newBuilder(alert)
                .setNearestBaseline(BaselineMatch.newBuilder()
                        .setId("public")
                        .setName("public")
                        .setDistanceBits(alert.getDistanceBits() + marginBits)
                        .setMarginBits(marginBits)
                        .build())
                .build();
    }

    private static InfringementAlert withLicense(InfringementAlert alert, String license) {
        return InfringementAlert.newBuilder(alert)
                .setUpload(UploadRef.newBuilder(alert.getUpload())
                        .setLicense(license)
                        .build())
                .build();
    }

    private static ProtectionPolicy allowing(String license) {
        return ProtectionPolicy.newBuilder(TestRecords.protectionPolicy())
                .setAuthorisedOwners(List.of())
                .setAuthorisedLicenses(List.of(license))
                .build();
    }
}

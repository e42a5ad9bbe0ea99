package io.weighbridge.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectedRef;
import org.junit.jupiter.api.Test;

class OccurrenceTest {

    /** Computed apart from this code: sha256 over the length-prefixed parts, first 16 bytes. */
    private static final String FIRST = "46c25d54eb5c0cb63d601c1c03073ab6";

    @Test
    void shouldKeepItsIdForEver() {
        assertThat(Occurrence.of(TestAlerts.first()).id()).isEqualTo(FIRST);
        assertThat(Occurrence.of(TestAlerts.first()).key())
                .isEqualTo(Long.parseUnsignedLong(FIRST.substring(0, 16), 16));
    }

    @Test
    void shouldBeTheSameWhateverElseTheAlertSays() {
        InfringementAlert alert = TestAlerts.at(TestAlerts.first(), 7, 1e-3);
        var protectedAgain = ProtectedRef.newBuilder(alert.getProtectedModel())
                .setProtectedAt(alert.getMatchedAt().plusSeconds(1))
                .build();

        assertThat(Occurrence.of(InfringementAlert.newBuilder(alert)
                        .setProtectedModel(protectedAgain)
                        .build()))
                .isEqualTo(Occurrence.of(TestAlerts.first()));
    }

    @Test
    void shouldDifferByUploadFileAlgorithmVersionAndProtectedWeights() {
        var newWeights = FileScan.newBuilder(TestAlerts.first().getProtectedFile())
                .setSha256("00")
                .build();

        assertThat(new InfringementAlert[] {
                    TestAlerts.first(),
                    TestAlerts.revision("r2", 1),
                    TestAlerts.file(TestAlerts.first(), "other.onnx"),
                    InfringementAlert.newBuilder(TestAlerts.first())
                            .setAlgorithm("iwp")
                            .build(),
                    InfringementAlert.newBuilder(TestAlerts.first())
                            .setVersion(2)
                            .build(),
                    InfringementAlert.newBuilder(TestAlerts.first())
                            .setProtectedFile(newWeights)
                            .build()
                })
                .extracting(Occurrence::of)
                .doesNotHaveDuplicates();
    }

    @Test
    void shouldNotConfusePartsThatReadTheSameOneAfterTheOther() {
        var one = InfringementAlert.newBuilder(TestAlerts.file(TestAlerts.first(), "model"))
                .setAlgorithm("pri")
                .build();
        var other = InfringementAlert.newBuilder(TestAlerts.file(TestAlerts.first(), "modelp"))
                .setAlgorithm("ri")
                .build();

        assertThat(Occurrence.of(one)).isNotEqualTo(Occurrence.of(other));
    }
}

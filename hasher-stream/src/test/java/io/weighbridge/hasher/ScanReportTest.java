package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScanReportTest {

    @Test
    void shouldGiveTheCodesOfAFileOfWhichAPartWasNotRead() {
        var partial = file("a.zip", Outcome.PARTIAL, "hashed only b; not c.7z: a 7z archive");
        var report = ScanReport.of(List.of(partial), Instant.EPOCH, Duration.ZERO);
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.reason())
                .isEqualTo("1 of 1 files not wholly hashed; a.zip: hashed only b; not c.7z: a 7z archive");
        assertThat(report.hashed()).containsExactly(partial);
    }

    @Test
    void shouldNotCallAPartTheWhole() {
        var files = List.of(file("a", Outcome.HASHED, null), file("b", Outcome.PARTIAL, "not c"));
        var report = ScanReport.of(files, Instant.EPOCH, Duration.ZERO);
        assertThat(report.outcome()).isEqualTo(Outcome.PARTIAL);
        assertThat(report.hashed()).isEqualTo(files);
    }

    @Test
    void shouldTakeTheFirstOutcomeWhereNothingHasCodes() {
        var files = List.of(file("a", Outcome.TOO_LARGE, "large"), file("b", Outcome.MALFORMED, "broken"));
        var report = ScanReport.of(files, Instant.EPOCH, Duration.ZERO);
        assertThat(report.outcome()).isEqualTo(Outcome.TOO_LARGE);
        assertThat(report.reason()).isEqualTo("a: large");
        assertThat(report.hashed()).isEmpty();
    }

    private static FileScan file(String path, Outcome outcome, String reason) {
        return FileScan.newBuilder()
                .setPath(path)
                .setOutcome(outcome)
                .setReason(reason)
                .setCodes(List.of())
                .build();
    }
}

package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartScanTest {

    private static final long LARGE = 100L << 20;

    @Test
    void shouldKeepTheOutcomeOfLargeBytesThatNobodyKnows() {
        var unknown = scan("no known model format: first bytes 00", LARGE);
        assertThat(PartScan.of(unknown, Optional.of("belongs"), false)).isEqualTo(unknown);
    }

    @Test
    void shouldCallAPartWhatIsCoveredOrTextOrSmall() {
        assertThat(outcome(scan("no known model format", LARGE), true)).isEqualTo(Outcome.PART);
        assertThat(outcome(scan("a text file", LARGE), false)).isEqualTo(Outcome.PART);
        assertThat(outcome(scan("no known model format", 1 << 20), false)).isEqualTo(Outcome.PART);
    }

    @Test
    void shouldTellWhetherClaimsCoverAFile() {
        var claims = new Claims();
        assertThat(claims.cover(10)).as("nothing claimed").isFalse();
        claims.add(LARGE / 2, LARGE / 2);
        assertThat(claims.cover(LARGE)).as("half").isFalse();
        claims.add(0, LARGE / 2 - 4096);
        claims.add(10, 20);
        assertThat(claims.cover(LARGE)).as("all but padding").isTrue();
        assertThat(claims.cover(2 * LARGE)).as("a tail").isFalse();
    }

    private static Outcome outcome(FileScan alone, boolean isCovered) {
        return PartScan.of(alone, Optional.of("belongs"), isCovered).getOutcome();
    }

    private static FileScan scan(String reason, long sizeBytes) {
        return FileScan.newBuilder()
                .setPath("data")
                .setOutcome(Outcome.UNSUPPORTED)
                .setReason(reason)
                .setSizeBytes(sizeBytes)
                .setCodes(List.of())
                .build();
    }
}

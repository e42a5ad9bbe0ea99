package io.weighbridge.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.avro.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitCodeTest {

    @Test
    void shouldTellTheWorstOfSeveralScans() {
        assertThat(ExitCode.worst(List.of(Outcome.HASHED))).isEqualTo(ExitCode.NO_MATCH);
        assertThat(ExitCode.worst(List.of(Outcome.HASHED, Outcome.PART))).isEqualTo(ExitCode.NO_MATCH);
        assertThat(ExitCode.worst(List.of(Outcome.HASHED, Outcome.DEGENERATE))).isEqualTo(ExitCode.INCONCLUSIVE);
        assertThat(ExitCode.worst(List.of(Outcome.DEGENERATE, Outcome.UNSUPPORTED)))
                .isEqualTo(ExitCode.UNSUPPORTED);
        assertThat(ExitCode.worst(List.of(Outcome.UNSUPPORTED, Outcome.MALFORMED)))
                .isEqualTo(ExitCode.ERROR);
    }
}

package io.weighbridge.app.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.alerting.Transitions;
import io.weighbridge.schemas.avro.CaseState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The dashboard offers only decisions that are possible, so its table of them has to be the one that decides. */
class TriageTableTest {

    private static final Path TABLE = Path.of("src/main/resources/web/lib/triage.js");

    @Test
    void shouldOfferTheTransitionsThatAreAllowed() throws IOException {
        String script = Files.readString(TABLE);
        for (CaseState state : CaseState.values()) {
            var row = Pattern.compile("^  " + state + ": \\[([^]]*)]", Pattern.MULTILINE)
                    .matcher(script);
            assertThat(row.find()).as("a row for " + state).isTrue();
            var offered = Arrays.stream(row.group(1).replace("\"", "").split(", "))
                    .map(CaseState::valueOf)
                    .collect(Collectors.toSet());
            assertThat(offered).as("after " + state).isEqualTo(Transitions.from(state));
        }
    }
}

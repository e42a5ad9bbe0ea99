package io.weighbridge.app.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.weighbridge.app.chaos.ResultTable.Missing;
import io.weighbridge.app.chaos.load.Reckoning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTableTest {

    @TempDir
    private Path folder;

    @Test
    void shouldCountWhatWasLostAndDoubled() {
        var clean = new RoundResult(
                List.of("kill-role"), 1, reckoning(0, 7), Duration.ofSeconds(2), Duration.ofSeconds(9), 0, true);
        var lossy = new RoundResult(
                List.of("kill-role"), 2, reckoning(1, 5), Duration.ofSeconds(3), Duration.ofSeconds(4), 2, true);
        assertThat(ResultTable.of(List.of(clean, lossy), List.of()))
                .contains(
                        "| `kill-role` | kill -9 of one instance | 2 | 20 | 14 | 12 | 3 | 0 | 0 | 0 | 2 | 3.0 s | 9.0 s"
                                + " | 1 of 2 passed |");
    }

    @Test
    void shouldTellWhatWasSkipped() {
        assertThat(ResultTable.of(List.of(), List.of(new Missing("clock-jump", "skipped: no faketime"))))
                .contains("| `clock-jump` | the clock of every process", "| 0 |", "| skipped: no faketime |")
                .doesNotContain("all with a result");
    }

    @Test
    void shouldTellWhatWasBrokenOffBesideWhatWasNot() {
        var clean = new RoundResult(
                List.of("kill-role"), 1, reckoning(0, 7), Duration.ofSeconds(2), Duration.ofSeconds(9), 0, true);
        assertThat(ResultTable.of(List.of(clean), List.of(new Missing("kill-role", "broken off: no answer"))))
                .containsSubsequence(
                        "| `kill-role` |", "| passed |\n| `kill-role` |", "| 0 |", "| broken off: no answer |");
    }

    @Test
    void shouldReplaceWhatIsBetweenTheMarks() throws IOException {
        Path document = folder.resolve("document.md");
        Files.writeString(document, "before\n<!-- chaos: begin -->\nold\n<!-- chaos: end -->\nafter\n");
        ResultTable.writeInto(document, "today", "| new |\n");
        assertThat(document)
                .hasContent("before\n<!-- chaos: begin -->\ntoday\n\n| new |\n<!-- chaos: end -->\nafter\n");
    }

    @Test
    void shouldRefuseADocumentWithoutMarks() throws IOException {
        Path document = Files.writeString(folder.resolve("document.md"), "text\n");
        assertThatIOException()
                .isThrownBy(() -> ResultTable.writeInto(document, "today", ""))
                .withMessageContaining("chaos: begin");
    }

    /** A suite that runs for half an hour should not find at its end that it cannot write its table. */
    @Test
    void shouldHaveItsPlaceInTheDocument() throws IOException {
        Path copy = Files.copy(Path.of("..", "docs", "reliability.md"), folder.resolve("reliability.md"));
        ResultTable.writeInto(copy, "today", "the table");
        assertThat(copy).content().contains("today\n\nthe table<!-- chaos: end -->", "# What survives what");
    }

    private static Reckoning reckoning(int lost, int found) {
        return new Reckoning(10, lost, 0, 0, 7, found, 0, 0, 0, 0, 0, List.of());
    }
}

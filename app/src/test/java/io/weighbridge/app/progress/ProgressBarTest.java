package io.weighbridge.app.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long now;

    @Test
    void shouldPrintALineNowAndThenAndOneAtTheEnd() {
        var progress = progress(false);

        progress.start("building", 100);
        progress.skip(50);
        pass(Duration.ofSeconds(20));
        progress.advance(10);
        pass(Duration.ofSeconds(20));
        progress.advance(10);
        progress.advance(30);
        progress.end();

        assertThat(printed())
                .isEqualToNormalizingNewlines(
                        "building: 70 of 100, 30.0 a minute, about 1:00 left\nbuilding: 100 of 100\n");
    }

    @Test
    void shouldMoveABarOnATerminal() {
        var progress = progress(true);

        progress.start("building", 2);
        pass(Duration.ofMillis(500));
        progress.advance(1);
        progress.advance(1);
        progress.end();

        String first = "[###############...............] building: 1 of 2, 2.0 a second, about 0:00 left";
        String last = "[##############################] building: 2 of 2";
        assertThat(printed())
                .isEqualToNormalizingNewlines(
                        "\r" + first + "\r" + last + " ".repeat(first.length() - last.length()) + "\n");
    }

    @Test
    void shouldBeginAndEndTheStepsThatItIsToldOf() {
        var progress = progress(true);

        progress.at("hashing", 1, 9);
        pass(Duration.ofSeconds(1));
        progress.at("hashing", 5, 9);
        progress.at("hashing", 9, 9);
        progress.at("measuring", 1, 3);
        pass(Duration.ofSeconds(2));
        progress.at("measuring", 2, 3);
        progress.at("measuring", 3, 3);

        assertThat(printed())
                .containsSubsequence(
                        "] hashing: 5 of 9, 4.0 a second, about 0:01 left",
                        "] hashing: 9 of 9",
                        "] measuring: 2 of 3, 30.0 a minute, about 0:02 left",
                        "] measuring: 3 of 3");
    }

    @Test
    void shouldBeginAnewWithTheSameStepOfASecondLibrary() {
        var progress = progress(false);

        progress.at("hashing", 1, 2);
        progress.at("hashing", 2, 2);
        progress.at("hashing", 1, 3);
        pass(Duration.ofMinutes(1));
        progress.at("hashing", 2, 3);
        progress.at("hashing", 3, 3);

        assertThat(printed())
                .isEqualToNormalizingNewlines(
                        "hashing: 2 of 2\nhashing: 2 of 3, 1.0 a minute, about 1:00 left\nhashing: 3 of 3\n");
    }

    private String printed() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private ProgressBar progress(boolean isTerminal) {
        return new ProgressBar(new PrintStream(out, true, StandardCharsets.UTF_8), isTerminal, () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}

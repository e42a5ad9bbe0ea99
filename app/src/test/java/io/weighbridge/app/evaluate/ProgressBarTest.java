package io.weighbridge.app.evaluate.library;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LibraryProgressTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private long now;

    @Test
    void shouldPrintALineNowAndThen() {
        var progress = progress(false);

        progress.start(100);
        progress.skip(50);
        pass(Duration.ofSeconds(20));
        progress.advance(10);
        pass(Duration.ofSeconds(20));
        progress.advance(10);
        progress.end();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines("70 of 100 models, about 1:00 left\n");
    }

    @Test
    void shouldMoveABarOnATerminal() {
        var progress = progress(true);

        progress.start(2);
        pass(Duration.ofSeconds(1));
        progress.advance(1);
        progress.advance(1);
        progress.end();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("\r[###############...............] 1 of 2 models, about 0:01 left")
                .contains("\r[##############################] 2 of 2 models");
    }

    private LibraryProgress progress(boolean isTerminal) {
        return new LibraryProgress(new PrintStream(out, true, StandardCharsets.UTF_8), isTerminal, () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }
}

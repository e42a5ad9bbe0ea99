package io.weighbridge.app.chaos.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code -Dweighbridge.soak=PT1H} runs it for an hour; {@code -Dweighbridge.soak.seed=S} repeats a run. */
@Tag("chaos")
class SoakTest {

    private static final String DURATION = "weighbridge.soak";
    private static final Path FOLDER = Path.of("target", "soak");

    @Test
    void shouldStayFlatAndLoseAndDoubleNothing() throws Exception {
        String duration = System.getProperty(DURATION, "");
        if (duration.isBlank()) {
            System.err.println("SKIPPED soak: say for how long, such as -D" + DURATION + "=PT1H");
        }
        Assumptions.assumeFalse(duration.isBlank(), "no -D" + DURATION);
        long seed = Long.getLong(DURATION + ".seed", System.nanoTime());
        System.out.println("soak of " + duration + ", seed " + seed);
        var result = new Soak(Duration.parse(duration), seed, FOLDER, System.out).run();
        System.out.println(SoakReport.write(result, FOLDER.resolve(Soak.SAMPLES), FOLDER));
        assertThat(result.isDrained())
                .as("every stage passed all that was published")
                .isTrue();
        assertThat(result.reckoning().isClean())
                .as(result.reckoning().toString())
                .isTrue();
        assertThat(List.copyOf(result.strikes().keySet())).isNotEmpty();
    }
}

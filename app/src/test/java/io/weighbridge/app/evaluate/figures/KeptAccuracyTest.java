package io.weighbridge.app.evaluate.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class KeptAccuracyTest {

    @Test
    void shouldCallACopyDestroyedThatLostMoreThanAThirdAboveChance() {
        // .9 is .8 above chance, of which two thirds are .533.
        assertThat(isDestroyed(OptionalDouble.of(.64), OptionalDouble.of(.9))).isFalse();
        assertThat(isDestroyed(OptionalDouble.of(.63), OptionalDouble.of(.9))).isTrue();
        assertThat(isDestroyed(OptionalDouble.of(.1), OptionalDouble.of(.9))).isTrue();
    }

    @Test
    void shouldNotJudgeWhatWasNotMeasured() {
        assertThat(isDestroyed(OptionalDouble.empty(), OptionalDouble.of(.9))).isFalse();
        assertThat(isDestroyed(OptionalDouble.of(.1), OptionalDouble.empty())).isFalse();
        assertThat(isDestroyed(OptionalDouble.of(.05), OptionalDouble.of(.09))).isFalse();
    }

    private static boolean isDestroyed(OptionalDouble accuracy, OptionalDouble original) {
        return KeptAccuracy.STANDARD.isDestroyed(
                new LibraryModel("a.pt", "f", "x", Kind.COPY, "vgg", "", Part.REPORT, accuracy, original));
    }
}

package io.weighbridge.app.evaluate.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.hash.nts.NormalityTest;
import io.weighbridge.hash.nts.NtsVariant;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NtsGridTest {

    /** Written out, so that a variant that goes missing is missed. */
    private static final String[] OF_EACH_TEST = {
        "256", "256-largest", "256-largest-quarter", "256-filters", "128", "512", "1024", "256-quartiles"
    };

    @Test
    void shouldHoldTheFamilyOfEveryTestButTheDefault() {
        var expected = Stream.of(NormalityTest.values())
                .map(test -> "nts-" + test.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-")
                .flatMap(test -> Stream.of(OF_EACH_TEST).map(test::concat))
                .filter(id -> !id.equals("nts-kurtosis-256"));

        assertThat(NtsVariant.DEFAULT.test()).isEqualTo(NormalityTest.KURTOSIS);
        assertThat(NtsGrid.columns()).extracting(Single::id).containsExactlyInAnyOrderElementsOf(expected.toList());
        assertThat(NtsGrid.columns()).extracting(Single::title).doesNotHaveDuplicates();
    }

    @Test
    void shouldNameTheVariantsAsTheyAre() {
        assertThat(title("nts-lilliefors-256-largest-quarter"))
                .isEqualTo("nts, Lilliefors, 256, largest quarter of the weights");
        assertThat(title("nts-kurtosis-256-filters")).isEqualTo("nts, kurtosis, 256, best half of the filters");
        assertThat(single("nts-shapiro-wilk-128").algorithm().bits()).isEqualTo(128);
        assertThat(single("nts-shapiro-wilk-256-quartiles").algorithm().bits()).isEqualTo(512);
    }

    private static String title(String id) {
        return single(id).title();
    }

    private static Single single(String id) {
        return NtsGrid.columns().stream()
                .filter(column -> column.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}

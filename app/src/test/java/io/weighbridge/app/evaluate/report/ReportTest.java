package io.weighbridge.app.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.app.evaluate.codes.Column.AnyOf;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.app.evaluate.codes.Columns;
import io.weighbridge.app.evaluate.codes.LibraryCodes;
import io.weighbridge.app.evaluate.codes.LibraryCodes.Unhashed;
import io.weighbridge.app.evaluate.figures.KeptAccuracy;
import io.weighbridge.app.evaluate.figures.LibraryFigures;
import io.weighbridge.app.evaluate.figures.TestLibrary;
import io.weighbridge.app.evaluate.figures.VariantRank;
import io.weighbridge.app.progress.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The report of made-up codes: its shape is frozen, its digits are not. */
class ReportTest {

    private static final Pattern NUMBERS = Pattern.compile("[0-9][0-9.,]*(·10)?[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]*");
    private static final Progress SILENT = (step, done, total) -> {};

    private static final Single ABC = TestLibrary.column("abc", 256, 70);
    private static final Single XYZ = TestLibrary.column("xyz", 512, 150);
    private static final Single VARIANT = TestLibrary.column("other", 64, 4);
    private static final AnyOf ANY = new AnyOf("any", "abc@1 or xyz@1", List.of(ABC, XYZ));
    private static final Columns COLUMNS = new Columns(ANY, List.of(ANY, ABC, XYZ), List.of(VARIANT));

    private final SplittableRandom random = new SplittableRandom(5);

    @Test
    void shouldHaveTheShapeThatWasAgreed() throws IOException {
        var report = Report.of(figures(), "evaluation");

        assertThat(shape(report)).isEqualTo(golden("evaluation.md"));
    }

    @Test
    void shouldBeTheSameForTheSameFigures() throws IOException {
        var figures = figures();

        assertThat(Report.of(figures, "evaluation")).isEqualTo(Report.of(figures, "evaluation"));
        assertThat(EvaluationJson.of(figures).toString())
                .isEqualTo(EvaluationJson.of(new ReportTest().figures()).toString());
    }

    @Test
    void shouldMarkTheDefaultAmongTheVariantsAndTellItsPlace() throws IOException {
        var report = Report.of(figures(), "evaluation");

        assertThat(report)
                .contains("By that rule the default should be nts, b; it is not.")
                .contains("| nts, b | 512 | 0.7500 | 0.0625 |")
                .contains("| **nts, a** (the default) | 256 | 0.5000 | 0.0625 |");
        var json = EvaluationJson.of(figures()).get("ntsChoice");
        assertThat(json.findValuesAsText("id")).containsExactly("nts-b", "nts-1");
        assertThat(json.findValuesAsText("isDefault")).containsExactly("false", "true");
    }

    private EvaluationFigures figures() throws IOException {
        var codes = codes();
        var taker = new LibraryFigures.Taker(COLUMNS, codes, KeptAccuracy.STANDARD, 1e-9, SILENT);
        return new EvaluationFigures(
                "weighbridge evaluate --library LIBRARY",
                1e-9,
                KeptAccuracy.STANDARD,
                ANY,
                taker.take(codes, SILENT),
                List.of(
                        new VariantRank("nts-b", "nts, b", false, 512, 20, 900, .75, .0625, .875, .5),
                        new VariantRank("nts-1", "nts, a", true, 256, 20, 900, .5, .0625, .625, .25)),
                Optional.of(taker.take(second(), SILENT)));
    }

    /** Enough originals to tune on, and four families to report on. */
    private LibraryCodes codes() {
        var library = new TestLibrary();
        for (int f = 0; f < 50; f++) {
            library.add(TestLibrary.model("tuning-" + f, "original", Kind.ORIGINAL, "vgg", "t", Part.TUNING), fresh());
        }
        for (int f = 0; f < 4; f++) {
            var original = fresh();
            library.add(model(f, "original", Kind.ORIGINAL, .9), original);
            library.add(model(f, "permuted", Kind.SAME, .9), original);
            library.add(model(f, "fine-tuned", Kind.COPY, .85), near(original, .1));
            library.add(model(f, "pruned", Kind.COPY, f % 2 == 0 ? .8 : .3), near(original, .2));
            library.add(model(f, "student", Kind.STUDENT, .8), fresh());
            library.add(model(f, "fresh", Kind.FRESH, .1), fresh());
        }
        return library.codes(
                new Unhashed(model(0, "zeroed", Kind.COPY, .1), "DEGENERATE", Optional.of("expected more, got less")));
    }

    private LibraryCodes second() {
        var library = new TestLibrary();
        for (int f = 0; f < 2; f++) {
            var original = fresh();
            library.add(TestLibrary.model("second-" + f, "orig", Kind.ORIGINAL, "resnet", ""), original);
            library.add(TestLibrary.model("second-" + f, "noise", Kind.COPY, "resnet", ""), near(original, .15));
        }
        return library.codes();
    }

    private static LibraryModel model(int family, String change, Kind kind, double accuracy) {
        return new LibraryModel(
                "report-" + family + "/" + change + ".pt",
                "report-" + family,
                change,
                kind,
                family % 2 == 0 ? "vgg" : "lenet",
                "u",
                Part.REPORT,
                OptionalDouble.of(accuracy),
                OptionalDouble.of(.9));
    }

    private Map<Single, long[]> fresh() {
        return Map.of(
                ABC, random.longs(4).toArray(),
                XYZ, random.longs(8).toArray(),
                VARIANT, random.longs(1).toArray());
    }

    private Map<Single, long[]> near(Map<Single, long[]> words, double probability) {
        return Map.of(
                ABC, TestLibrary.near(random, words.get(ABC), probability),
                XYZ, TestLibrary.near(random, words.get(XYZ), probability),
                VARIANT, TestLibrary.near(random, words.get(VARIANT), probability));
    }

    private static String shape(String report) {
        return NUMBERS.matcher(report).replaceAll("#");
    }

    private static String golden(String name) throws IOException {
        try (var in = ReportTest.class.getResourceAsStream("/golden/v1/" + name)) {
            assertThat(in).as("golden/v1/" + name).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

package io.weighbridge.app.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.app.evaluate.codes.Columns;
import io.weighbridge.app.evaluate.figures.KeptAccuracy;
import io.weighbridge.app.evaluate.figures.LibraryFigures;
import io.weighbridge.app.evaluate.figures.TestLibrary;
import io.weighbridge.app.evaluate.report.Goal.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GoalsTest {

    private static final Single ABC = TestLibrary.column("abc", 128, 30);

    private final List<Integer> dummies = new ArrayList<>();

    @Test
    void shouldNotCountDummyChannelsAmongTheRewrites() throws IOException {
        dummies.addAll(List.of(12, 32, 16));

        var goals = goals("permuted-rescaled", 2);

        assertThat(goal(goals, "permuted, rescaled, folded").reached()).isEqualTo("at most 0.016 (permuted-rescaled)");
        assertThat(goal(goals, "permuted, rescaled, folded").verdict()).isEqualTo(Verdict.YES);
        assertThat(goal(goals, "dummy channels").reached()).isEqualTo("median 0.125, at most 0.250");
        assertThat(goal(goals, "dummy channels").verdict()).isEqualTo(Verdict.NO_GOAL);
        assertThat(goal(goals, "dummy channels").verdict().text()).isEqualTo("no goal");
    }

    @Test
    void shouldCountEveryOtherFileOfTheSameFunction() throws IOException {
        for (String change : List.of(
                "permuted",
                "rescaled",
                "permuted-rescaled",
                "batch-norm-folded",
                "safetensors",
                "pytorch",
                "onnx",
                "keras",
                "half",
                "bfloat16")) {
            var same = goal(goals(change, 3), "permuted, rescaled, folded");

            assertThat(same.reached()).isEqualTo("at most 0.023 (" + change + ")");
            assertThat(same.verdict()).as(change).isEqualTo(Verdict.NO);
        }
    }

    @Test
    void shouldTellNothingOfDummyChannelsThatNoneHas() throws IOException {
        assertThat(goals("permuted", 0)).extracting(Goal::what).noneMatch(what -> what.startsWith("dummy"));
    }

    /** A copy of that kind so many bits away, and another at no distance. */
    private List<Goal> goals(String change, int distanceBits) throws IOException {
        var library = new TestLibrary()
                .add(TestLibrary.model("f", "original", Kind.ORIGINAL, "vgg", "t"), ABC, 0, 0)
                .add(TestLibrary.model("f", change, Kind.SAME, "vgg", "t"), ABC, ones(distanceBits), 0)
                .add(TestLibrary.model("f", "other", Kind.SAME, "vgg", "t"), ABC, 0, 0)
                .add(TestLibrary.model("g", "pruned", Kind.COPY, "vgg", "t"), ABC, -1, 0);
        for (int bits : dummies) {
            library.add(TestLibrary.model("f", "dummy-channels", Kind.SAME, "vgg", "t"), ABC, ones(bits), 0);
        }
        var columns = new Columns(ABC, List.of(ABC), List.of());
        var codes = library.codes();
        var taker = new LibraryFigures.Taker(columns, codes, KeptAccuracy.STANDARD, 1e-9, (step, done, total) -> {});
        return Goals.measured(taker.take(codes, (step, done, total) -> {}), ABC);
    }

    private static Goal goal(List<Goal> goals, String start) {
        return goals.stream()
                .filter(goal -> goal.what().startsWith(start))
                .findFirst()
                .orElseThrow();
    }

    private static long ones(int count) {
        return (1L << count) - 1;
    }
}

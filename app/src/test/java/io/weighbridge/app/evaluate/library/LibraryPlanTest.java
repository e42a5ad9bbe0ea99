package io.weighbridge.app.evaluate.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.app.zoo.Architecture;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LibraryPlanTest {

    @Test
    void shouldBeAsLargeAsThePapersLibrary() {
        assertThat(LibraryPlan.full().size()).isGreaterThanOrEqualTo(3_565);
        assertThat(LibraryPlan.full().families()).hasSizeGreaterThanOrEqualTo(200);
    }

    @Test
    void shouldNameEveryFamilyOnce() {
        var names = LibraryPlan.full().families().stream().map(Family::name).toList();

        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void shouldShareNoTaskAndNoSeedBetweenParts() {
        var tasks = new HashSet<>(taskSeeds(Part.TUNING));
        tasks.retainAll(taskSeeds(Part.REPORT));

        assertThat(tasks).isEmpty();
        assertThat(LibraryPlan.full().families().stream().map(Family::seed)).doesNotHaveDuplicates();
    }

    @Test
    void shouldHaveStrangersOfOneArchitectureTaskAndShape() {
        var family = LibraryPlan.full().families().get(0);

        assertThat(LibraryPlan.full().families())
                .filteredOn(other -> other.task().equals(family.task())
                        && other.blueprint().equals(family.blueprint())
                        && other.seed() != family.seed())
                .isNotEmpty();
    }

    @Test
    void shouldCoverAllInEveryFirstPart() {
        int both = 2 * Architecture.values().length;

        var first = LibraryPlan.full().families().subList(0, both);

        assertThat(first.stream().map(family -> family.architecture() + " " + family.part()))
                .doesNotHaveDuplicates()
                .hasSize(both);
    }

    @Test
    void shouldTransferToOtherTasks() {
        for (var family : LibraryPlan.full().families()) {
            assertThat(family.transferTask().classCount())
                    .isEqualTo(family.task().classCount());
            assertThat(family.otherTask().classCount())
                    .isNotEqualTo(family.task().classCount());
            assertThat(Stream.of(family.task(), family.transferTask(), family.otherTask())
                            .map(Task::seed))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldFoldBatchNormsOnlyWhereThereAreSome() {
        var plan = LibraryPlan.full();

        for (var family : plan.families())
            assertThat(plan.changes(family).stream()
                            .anyMatch(change -> change.name().equals("batch-norm-folded")))
                    .isEqualTo(family.hasNorms());
    }

    private static Set<Long> taskSeeds(Part part) {
        return LibraryPlan.full().families().stream()
                .filter(family -> family.part() == part)
                .flatMap(family -> Stream.of(family.task(), family.transferTask(), family.otherTask()))
                .map(Task::seed)
                .collect(Collectors.toSet());
    }

    @Test
    void shouldRewriteInTheWaysThatAGoalIsStatedForAndAddDummyChannels() {
        assertThat(Change.ALL)
                .filteredOn(change -> change.kind() == Kind.SAME)
                .extracting(Change::name)
                .containsExactlyInAnyOrder(
                        "permuted",
                        "rescaled",
                        "permuted-rescaled",
                        "batch-norm-folded",
                        "safetensors",
                        "pytorch",
                        "onnx",
                        "keras",
                        "half",
                        "bfloat16",
                        "dummy-channels");
    }
}

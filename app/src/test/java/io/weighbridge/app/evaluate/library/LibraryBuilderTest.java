package io.weighbridge.app.evaluate.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.Manifest;
import io.weighbridge.app.progress.ProgressBar;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryBuilderTest {

    @TempDir
    private static Path folder;

    /** Two families, hardly trained. */
    private static final LibraryPlan PLAN = plan(Change.CHEAP);

    private static LibraryPlan plan(List<Change> changes) {
        var small = LibraryPlan.small();
        return new LibraryPlan("test", small.families().subList(1, 3), 2, 0.01, 60, 20, changes);
    }

    @Test
    void shouldMakeTheSameFilesWhenItIsStoppedAndGoesOn() throws Exception {
        var whole = folder.resolve("whole");
        var stopped = folder.resolve("stopped");

        build(PLAN, whole);
        assertThatThrownBy(() ->
                        build(new LibraryPlan("test", PLAN.families(), 2, 0.01, 60, 20, failingAfter(20)), stopped))
                .hasMessage("stopped");
        // What a killed process leaves behind.
        Files.writeString(
                stopped.resolve(PLAN.families().get(1).name()).resolve("noisy-10.safetensors.unfinished"), "ha");
        Files.writeString(stopped.resolve(PLAN.families().get(1).name()).resolve("half.safetensors"), "other");
        build(PLAN, stopped);

        assertThat(files(stopped)).isEqualTo(files(whole)).hasSizeGreaterThan(PLAN.size());
        for (var file : files(whole))
            assertThat(stopped.resolve(file)).as(file).hasSameBinaryContentAs(whole.resolve(file));
        shouldListAllModels(whole);
        shouldBeReadable(whole);
    }

    private void shouldListAllModels(Path library) throws IOException {
        var models = Manifest.read(library.resolve("manifest.csv"));

        assertThat(models).hasSize(PLAN.size());
        assertThat(models.stream().filter(model -> model.kind() == Kind.ORIGINAL))
                .hasSize(PLAN.families().size());
        assertThat(models)
                .allMatch(model -> model.accuracy().isPresent()
                        && model.originalAccuracy().isPresent()
                        && Files.exists(library.resolve(model.file())));
    }

    private void shouldBeReadable(Path library) throws IOException {
        var scanner = new ModelScanner(ReadLimits.STANDARD, ModelHasher.standard());
        var family = PLAN.families().get(0).name();
        for (var model : Manifest.read(library.resolve("manifest.csv"))) {
            if (!model.family().equals(family)) continue;
            var scan = scanner.scan(library.resolve(model.file()), model.file());
            assertThat(scan.getOutcome()).as(model.file()).isEqualTo(Outcome.HASHED);
        }
    }

    @Test
    void shouldListWhatIsThereBeforeAllIs() throws Exception {
        var library = folder.resolve("partly");

        assertThatThrownBy(
                () -> build(new LibraryPlan("test", PLAN.families(), 2, 0.01, 60, 20, failingAfter(0)), library));

        assertThat(Manifest.read(library.resolve("manifest.csv")))
                .extracting(LibraryModel::kind)
                .containsOnly(Kind.ORIGINAL)
                .hasSize(PLAN.families().size());
    }

    @Test
    void shouldAddChangesToALibraryThatIsThere() throws Exception {
        var library = folder.resolve("growing");
        var first = PLAN.changes().subList(5, 6);
        build(plan(first), library);
        var before = Files.getLastModifiedTime(
                library.resolve(PLAN.families().get(0).name()).resolve("original.zip"));

        build(plan(PLAN.changes().subList(5, 7)), library);

        assertThat(Manifest.read(library.resolve("manifest.csv")))
                .hasSize(3 * PLAN.families().size());
        assertThat(Files.getLastModifiedTime(
                        library.resolve(PLAN.families().get(0).name()).resolve("original.zip")))
                .isEqualTo(before);
    }

    @Test
    void shouldNotMixTwoLibraries() throws Exception {
        var library = folder.resolve("mixed");
        build(plan(List.of()), library);

        assertThatThrownBy(() -> build(LibraryPlan.small(), library))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another library")
                .hasMessageContaining("plan test");
    }

    @Test
    void shouldNotWriteIntoAFolderOfOtherFiles() throws Exception {
        var other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("thesis.txt"), "my only copy");

        assertThatThrownBy(() -> build(PLAN, other))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not empty");
    }

    /** The planned changes, of which one fails after so many others were made. */
    private static List<Change> failingAfter(int count) {
        var left = new int[] {count};
        var changes = new ArrayList<Change>();
        for (var change : PLAN.changes())
            changes.add(new Change(change.name(), change.kind(), change.format(), change.task(), work -> {
                if (left[0]-- <= 0) throw new IllegalStateException("stopped");
                return change.recipe().apply(work);
            }));
        return changes;
    }

    private static void build(LibraryPlan plan, Path library) throws IOException, InterruptedException {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var maker = new FamilyMaker(plan, LibraryFolder.open(library, plan));
        LibraryBuilder.build(plan, library, 1, () -> maker, new ProgressBar(nowhere, false));
    }

    private static List<String> files(Path library) throws IOException {
        try (Stream<Path> files = Files.walk(library)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> library.relativize(file).toString())
                    .filter(file -> !file.endsWith(".unfinished"))
                    .sorted()
                    .toList();
        }
    }
}

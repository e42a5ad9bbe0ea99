package io.weighbridge.app.evaluate.library;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.zoo.Network;
import io.weighbridge.app.zoo.Pictures;
import io.weighbridge.app.zoo.Pictures.Purpose;
import io.weighbridge.app.zoo.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Trains all originals, then makes the copies family by family. Goes on where it was stopped; the files depend on the plan alone. */
public final class LibraryBuilder {

    private static final int MANIFEST_EVERY = 9;

    private final LibraryPlan plan;
    private final LibraryFolder folder;
    private final LibraryProgress progress;
    private final Map<Task, Pictures> pictures = new ConcurrentHashMap<>();

    private LibraryBuilder(LibraryPlan plan, LibraryFolder folder, LibraryProgress progress) {
        this.plan = plan;
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Returns once all models are there and {@code manifest.csv} lists them. Until then it lists what is there; it grows with every family.
     *
     * @throws IOException if a file cannot be written, or the folder holds another library
     */
    public static void build(LibraryPlan plan, Path folder, int threads, LibraryProgress progress)
            throws IOException, InterruptedException {
        var builder = new LibraryBuilder(plan, LibraryFolder.open(folder, plan), progress);
        progress.start(plan.size());
        Trainer.useOneThread();
        builder.forAll(threads, builder::trainOriginal);
        builder.forAll(threads, builder::makeCopies);
        progress.end();
    }

    /** Does something for every family, in several threads, and keeps the manifest up to date. */
    private void forAll(int threads, Step step) throws IOException, InterruptedException {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            var done = new ExecutorCompletionService<Void>(pool);
            for (var family : plan.families())
                done.submit(() -> {
                    step.accept(family);
                    return null;
                });
            for (int i = 0; i < plan.families().size(); i++) {
                done.take().get();
                if (i % MANIFEST_EVERY == 0) folder.writeManifest(plan);
            }
            folder.writeManifest(plan);
        } catch (ExecutionException e) {
            throw asIs(e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private static IOException asIs(Throwable cause) {
        if (cause instanceof IOException e) return e;
        if (cause instanceof RuntimeException e) throw e;
        if (cause instanceof Error e) throw e;
        return new IOException(cause);
    }

    private void trainOriginal(Family family) throws IOException {
        if (folder.original(family).isPresent()) {
            progress.skip(1);
            return;
        }
        var trained = Trainer.train(
                Network.untrained(family.blueprint(), family.seed()),
                pictures(family.task()),
                new Trainer.Plan(plan.originalSteps(), family.learningRate(), Purpose.ORIGINALS, family.seed()));
        double accuracy = Trainer.accuracy(trained, pictures(family.task()));
        var file = file(family, "original", FileFormat.DL4J);
        LibraryFolder.write(folder.path(file), to -> FileFormat.DL4J.write(trained, to));
        folder.writeOriginal(family, model(family, file, "original", Kind.ORIGINAL, family.task(), accuracy, accuracy));
        progress.advance(1);
    }

    private void makeCopies(Family family) throws IOException {
        var made = new HashMap<String, LibraryModel>();
        folder.family(family).forEach(model -> made.put(model.change(), model));
        var missing = plan.changes(family).stream()
                .filter(change -> !made.containsKey(change.name()))
                .toList();
        progress.skip(plan.changes(family).size() - missing.size());
        if (missing.isEmpty()) return;
        var listed = folder.original(family).orElseThrow();
        // Read back, so that it makes no difference whether it was trained just now or in an earlier run.
        var original = Trainer.read(family.blueprint(), folder.path(listed.file()));
        for (var change : missing) {
            made.put(change.name(), make(family, original, change, listed.accuracy()));
            progress.advance(1);
        }
        var models = new ArrayList<LibraryModel>(List.of(listed));
        plan.changes(family).forEach(change -> models.add(made.get(change.name())));
        folder.writeFamily(family, models);
    }

    private LibraryModel make(Family family, Network original, Change change, OptionalDouble originalAccuracy)
            throws IOException {
        var workshop = new Workshop(family, original, change.name(), plan.effort(), this::pictures);
        var network = change.recipe().apply(workshop);
        var task = change.task().apply(family);
        var file = file(family, change.name(), change.format());
        LibraryFolder.write(folder.path(file), to -> change.format().write(network, to));
        return model(
                family,
                file,
                change.name(),
                change.kind(),
                task,
                Trainer.accuracy(network, pictures(task)),
                originalAccuracy.orElseThrow());
    }

    private Pictures pictures(Task task) {
        return pictures.computeIfAbsent(
                task, key -> new Pictures(key.drawn(), plan.trainingPictures(), plan.testPictures()));
    }

    private static String file(Family family, String change, FileFormat format) {
        return family.name() + "/" + change + "." + format.extension();
    }

    private static LibraryModel model(
            Family family, String file, String change, Kind kind, Task task, double accuracy, double originalAccuracy) {
        return new LibraryModel(
                file,
                family.name(),
                change,
                kind,
                family.architecture().id(),
                task.name(),
                family.part(),
                OptionalDouble.of(accuracy),
                OptionalDouble.of(originalAccuracy));
    }

    /** Work on one family. */
    private interface Step {
        void accept(Family family) throws IOException;
    }
}

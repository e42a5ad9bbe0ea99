package io.weighbridge.app.evaluate.library;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.zoo.Network;
import io.weighbridge.app.zoo.Pictures;
import io.weighbridge.app.zoo.Pictures.Purpose;
import io.weighbridge.app.zoo.Trainer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Makes the models of one family after the other. Not for several threads: see {@link Crew}. */
final class FamilyMaker implements Crew.Worker {

    private final LibraryPlan plan;
    private final LibraryFolder folder;
    private final Map<Task, Pictures> pictures = new HashMap<>();

    FamilyMaker(LibraryPlan plan, LibraryFolder folder) {
        this.plan = plan;
        this.folder = folder;
        Trainer.useOneThread();
    }

    @Override
    public void work(Phase phase, Family family, Runnable afterModel) throws IOException {
        switch (phase) {
            case ORIGINALS -> trainOriginal(family, afterModel);
            case COPIES -> makeCopies(family, afterModel);
        }
    }

    @Override
    public void close() {}

    private void trainOriginal(Family family, Runnable afterModel) throws IOException {
        var trained = Trainer.train(
                Network.untrained(family.blueprint(), family.seed()),
                pictures(family.task()),
                new Trainer.Plan(plan.originalSteps(), family.learningRate(), Purpose.ORIGINALS, family.seed()));
        double accuracy = Trainer.accuracy(trained, pictures(family.task()));
        var file = file(family, "original", FileFormat.DL4J);
        LibraryFolder.write(folder.path(file), to -> FileFormat.DL4J.write(trained, to));
        folder.writeOriginal(family, model(family, file, "original", Kind.ORIGINAL, family.task(), accuracy, accuracy));
        afterModel.run();
    }

    private void makeCopies(Family family, Runnable afterModel) throws IOException {
        var made = new HashMap<String, LibraryModel>();
        folder.family(family).forEach(model -> made.put(model.change(), model));
        var listed = folder.original(family).orElseThrow();
        // Read back, so that it makes no difference whether it was trained just now or in an earlier run.
        var original = Trainer.read(family.blueprint(), folder.path(listed.file()));
        for (var change : folder.missing(family, plan)) {
            made.put(change.name(), make(family, original, change, listed.accuracy()));
            afterModel.run();
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
}

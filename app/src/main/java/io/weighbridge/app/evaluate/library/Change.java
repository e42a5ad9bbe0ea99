package io.weighbridge.app.evaluate.library;

import static io.weighbridge.app.evaluate.LibraryModel.Kind.COPY;
import static io.weighbridge.app.evaluate.LibraryModel.Kind.FRESH;
import static io.weighbridge.app.evaluate.LibraryModel.Kind.SAME;
import static io.weighbridge.app.evaluate.LibraryModel.Kind.STUDENT;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.zoo.Network;
import io.weighbridge.app.zoo.Trainer;
import io.weighbridge.app.zoo.change.Scaling;
import io.weighbridge.app.zoo.change.Selection;
import io.weighbridge.app.zoo.change.Surgery;
import io.weighbridge.app.zoo.change.WeightChange;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is made of each original.
 *
 * @param task that the result is for
 */
record Change(
        String name, Kind kind, FileFormat format, Function<Family, Task> task, Function<Workshop, Network> recipe) {

    static final List<Change> ALL = Stream.of(
                    trained(), pruned(), damaged(), disguised(), rebuilt(), same(), strangers())
            .flatMap(List::stream)
            .toList();

    /** Those that need little training or none. */
    static final List<Change> CHEAP = ALL.stream()
            .filter(change -> List.of(
                            "finetuned",
                            "transferred-classes",
                            "pruned-50",
                            "pruned-70-retrained",
                            "channels-removed-10",
                            "noisy-10",
                            "quantised-8",
                            "finetuned-permuted-rescaled",
                            "half",
                            "batch-norm-folded",
                            "permuted-rescaled",
                            "dummy-channels",
                            "safetensors",
                            "student",
                            "fresh")
                    .contains(change.name))
            .toList();

    boolean needsNorms() {
        return name.equals("batch-norm-folded");
    }

    private static List<Change> trained() {
        return List.of(
                copy("finetuned-head", work -> Trainer.trainHead(work.original(), work.own(), work.plan(30, 2e-3))),
                copy("finetuned-short", work -> work.finetune(work.original(), 15, 5e-4)),
                copy("finetuned", work -> work.finetune(work.original(), 40, 5e-4)),
                copy("finetuned-long", work -> work.finetune(work.original(), 90, 1e-3)),
                transferred("transferred", Family::transferTask),
                transferred("transferred-classes", Family::otherTask));
    }

    private static Change transferred(String name, Function<Family, Task> task) {
        return new Change(name, COPY, FileFormat.DL4J, task, work -> {
            var target = task.apply(work.family());
            var network = Surgery.withNewHead(work.original(), target.classCount(), work.seed());
            return work.train(network, target, 60, 1e-3);
        });
    }

    private static List<Change> pruned() {
        return IntStream.of(30, 50, 70, 90)
                .boxed()
                .flatMap(percent -> Stream.of(
                        rewrite(
                                COPY,
                                "pruned-" + percent,
                                work -> WeightChange.pruned(work.original(), percent / 100.0)),
                        copy(
                                "pruned-" + percent + "-retrained",
                                work -> work.retrain(
                                        WeightChange.pruned(work.original(), percent / 100.0),
                                        percent < 60 ? 20 : 35,
                                        percent < 60 ? 5e-4 : 1e-3))))
                .toList();
    }

    private static List<Change> damaged() {
        return List.of(
                rewrite(COPY, "channels-removed-10", work -> Selection.removed(work.original(), 0.1)),
                rewrite(COPY, "channels-removed-25", work -> Selection.removed(work.original(), 0.25)),
                copy(
                        "channels-removed-25-retrained",
                        work -> work.finetune(Selection.removed(work.original(), 0.25), 40, 1e-3)),
                rewrite(COPY, "noisy-10", work -> WeightChange.noisy(work.original(), 0.1, work.seed())),
                rewrite(COPY, "noisy-30", work -> WeightChange.noisy(work.original(), 0.3, work.seed())),
                rewrite(COPY, "quantised-8", work -> WeightChange.quantised(work.original(), 8)),
                rewrite(COPY, "quantised-4", work -> WeightChange.quantised(work.original(), 4)));
    }

    private static List<Change> disguised() {
        return List.of(
                rewrite(
                        COPY,
                        "finetuned-permuted-rescaled",
                        work -> permutedAndRescaled(work.finetune(work.original(), 30, 5e-4), work.seed())),
                rewrite(
                        COPY,
                        "pruned-50-permuted-rescaled",
                        work -> permutedAndRescaled(WeightChange.pruned(work.original(), 0.5), work.seed())));
    }

    private static List<Change> rebuilt() {
        return List.of(
                copy(
                        "layer-inserted",
                        work -> work.finetune(Surgery.layerInserted(work.original(), work.seed()), 40, 1e-3)),
                copy("layer-removed", work -> work.finetune(Surgery.layerRemoved(work.original()), 40, 1e-3)),
                new Change("first-half", COPY, FileFormat.DL4J, Family::otherTask, work -> {
                    var target = work.family().otherTask();
                    var network = Surgery.firstHalf(work.original(), target.classCount(), work.seed());
                    return work.train(network, target, 100, work.family().learningRate());
                }),
                copy(
                        "averaged",
                        work -> WeightChange.averaged(
                                work.finetune(work.original(), 20, 5e-4),
                                Trainer.train(
                                        work.original(),
                                        work.own(),
                                        new Trainer.Plan(
                                                work.plan(20, 0).steps(),
                                                5e-4,
                                                work.plan(0, 0).purpose(),
                                                work.seed() + 1)))));
    }

    private static List<Change> same() {
        return List.of(
                saved("half", FileFormat.SAFETENSORS_HALF, work -> WeightChange.halved(work.original())),
                saved("bfloat16", FileFormat.SAFETENSORS_BFLOAT16, work -> WeightChange.brainFloat(work.original())),
                rewrite(SAME, "batch-norm-folded", work -> Scaling.normsFolded(work.original())),
                rewrite(SAME, "permuted", work -> Selection.permuted(work.original(), work.seed())),
                rewrite(SAME, "rescaled", work -> Scaling.rescaled(work.original(), work.seed())),
                rewrite(SAME, "permuted-rescaled", work -> permutedAndRescaled(work.original(), work.seed())),
                rewrite(SAME, "dummy-channels", work -> Selection.withDummies(work.original(), 0.12, work.seed())),
                saved("safetensors", FileFormat.SAFETENSORS, Workshop::original),
                saved("pytorch", FileFormat.PYTORCH, Workshop::original),
                saved("onnx", FileFormat.ONNX, Workshop::original),
                saved("keras", FileFormat.KERAS, Workshop::original));
    }

    private static List<Change> strangers() {
        return List.of(
                new Change("student", STUDENT, FileFormat.DL4J, Family::task, work -> {
                    var untrained = Network.untrained(work.family().blueprint(), work.seed());
                    return Trainer.distil(
                            work.original(),
                            untrained,
                            work.own(),
                            work.plan(120, work.family().learningRate()));
                }),
                new Change(
                        "fresh",
                        FRESH,
                        FileFormat.SAFETENSORS,
                        Family::task,
                        work -> Network.untrained(work.family().blueprint(), work.seed())));
    }

    private static Network permutedAndRescaled(Network network, long seed) {
        return Scaling.rescaled(Selection.permuted(network, seed), seed + 1);
    }

    private static Change copy(String name, Function<Workshop, Network> recipe) {
        return new Change(name, COPY, FileFormat.DL4J, Family::task, recipe);
    }

    private static Change rewrite(Kind kind, String name, Function<Workshop, Network> recipe) {
        return new Change(name, kind, FileFormat.SAFETENSORS, Family::task, recipe);
    }

    private static Change saved(String name, FileFormat format, Function<Workshop, Network> recipe) {
        return new Change(name, SAME, format, Family::task, recipe);
    }
}

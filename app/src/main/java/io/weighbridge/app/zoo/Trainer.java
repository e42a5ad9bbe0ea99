package io.weighbridge.app.zoo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.factory.Nd4j;

/** Trains and runs networks with Deeplearning4j. The same comes out every time on one kind of machine. For one thread of a process. */
public final class Trainer {

    private static final int BATCH = 20;
    // Few enough for the caches of a processor.
    private static final int EVALUATION_BATCH = 50;
    private static final LocalDateTime ENTRY_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Trainer() {}

    /**
     * How to train: how long, how fast, with what; the last third runs at a fifth of the rate.
     *
     * @param steps batches of 20 pictures
     * @param seed of the order of the pictures
     */
    public record Plan(int steps, double learningRate, Pictures.Purpose purpose, long seed) {
        double rateAt(int step) {
            return step < steps * 2 / 3 ? learningRate : learningRate / 5;
        }
    }

    /** One thread an operation: sums come out in the same order every time, and small networks train faster. */
    public static void useOneThread() {
        Nd4j.getEnvironment().setMaxThreads(1);
        Nd4j.getEnvironment().setMaxMasterThreads(1);
    }

    public static Network train(Network network, Pictures pictures, Plan plan) {
        return train(network, pictures.training(plan.purpose()), plan, graph -> step -> {});
    }

    /** Trains the head; all before it stays as it is. */
    public static Network trainHead(Network network, Pictures pictures, Plan plan) {
        var trained = train(network, pictures, plan);
        var head = network.blueprint().head();
        return network.with(
                Map.of(head.weight(), trained.values(head.weight()), head.bias(), trained.values(head.bias())));
    }

    /** Trains; weights of kernels and matrices that are zero stay zero. */
    public static Network trainPruned(Network network, Pictures pictures, Plan plan) {
        return train(network, pictures.training(plan.purpose()), plan, graph -> {
            var weights = network.blueprint().layers().stream()
                    .map(node -> Graph.weight(graph, node))
                    .toList();
            var masks = weights.stream()
                    .map(weight -> weight.neq(0).castTo(weight.dataType()))
                    .toList();
            return step -> {
                for (int i = 0; i < masks.size(); i++) weights.get(i).muli(masks.get(i));
            };
        });
    }

    /** Trains a network to answer as another does, knowing nothing but its answers. */
    public static Network distil(Network teacher, Network student, Pictures pictures, Plan plan) {
        var questions = pictures.training(plan.purpose());
        return train(student, questions.labelled(answers(teacher, questions)), plan, graph -> step -> {});
    }

    /** The share of test pictures that a network classifies right, 0 to 1. */
    public static double accuracy(Network network, Pictures pictures) {
        var test = pictures.test();
        var answers = answers(network, test);
        int classes = answers.length / test.size();
        int right = 0;
        for (int i = 0; i < test.size(); i++) {
            if (largest(answers, i * classes, classes) == largest(test.labels(), i * classes, classes)) right++;
        }
        return (double) right / test.size();
    }

    /** What a network says to pictures: a share of 1 for each class, picture by picture. */
    static float[] answers(Network network, Pictures.Set pictures) {
        var graph = Graph.fast(network);
        var answers = new float[pictures.labels().length];
        int classes = answers.length / pictures.size();
        for (int from = 0; from < pictures.size(); from += EVALUATION_BATCH) {
            int to = Math.min(from + EVALUATION_BATCH, pictures.size());
            var some = graph.outputSingle(pictures.features(from, to))
                    .dup('c')
                    .data()
                    .asFloat();
            System.arraycopy(some, 0, answers, from * classes, some.length);
        }
        return answers;
    }

    /** Writes a network as Deeplearning4j does, without the state of its training and the time of day: the same file for the same network. */
    public static void write(Network network, Path file) throws IOException {
        var written = new ByteArrayOutputStream();
        ModelSerializer.writeModel(Graph.of(network), written, false);
        try (var from = new ZipInputStream(new ByteArrayInputStream(written.toByteArray()));
                var to = new ZipOutputStream(Files.newOutputStream(file))) {
            for (var entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                var timeless = new ZipEntry(entry.getName());
                timeless.setTimeLocal(ENTRY_TIME);
                to.putNextEntry(timeless);
                from.transferTo(to);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static Network read(Blueprint blueprint, Path file) throws IOException {
        return Graph.read(ModelSerializer.restoreComputationGraph(file.toFile(), false), blueprint);
    }

    private static Network train(
            Network network, Pictures.Set pictures, Plan plan, Function<ComputationGraph, Consumer<Integer>> listener) {
        if (plan.steps() == 0) return network;
        var graph = Graph.fast(network);
        var afterStep = listener.apply(graph);
        var random = new Random(plan.seed());
        double rate = Double.NaN;
        for (int step = 0; step < plan.steps(); step++) {
            if (plan.rateAt(step) != rate) {
                rate = plan.rateAt(step);
                graph.setLearningRate(rate);
            }
            graph.fit(pictures.batch(BATCH, random));
            afterStep.accept(step);
        }
        return Graph.read(graph, network.blueprint());
    }

    private static int largest(float[] values, int from, int count) {
        int best = from;
        for (int i = from + 1; i < from + count; i++) if (values[i] > values[best]) best = i;
        return best - from;
    }
}

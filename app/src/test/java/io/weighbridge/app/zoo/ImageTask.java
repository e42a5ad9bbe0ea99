package io.weighbridge.app.zoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A drawn image classification task. Each class is a smooth random colour pattern; a picture shows the pattern of its class shifted and
 * dimmed, behind a distractor (a patch of a pattern of no class) and noise. The seed fixes the classes.
 */
final class ImageTask {

    static final int SIDE = 12;
    static final int COLOURS = 3;

    private static final int LARGEST_SHIFT = 3;
    private static final double NOISE = 0.5;
    private static final double PATCH_RADIUS = 2.5;

    private final List<Pattern> classes = new ArrayList<>();

    ImageTask(int classCount, long seed) {
        var random = new Random(seed);
        for (int i = 0; i < classCount; i++) classes.add(Pattern.random(SIDE, COLOURS, random));
    }

    static InputType inputType() {
        return InputType.convolutional(SIDE, SIDE, COLOURS);
    }

    int classCount() {
        return classes.size();
    }

    /** Pictures of all classes in turn, with one-hot labels; the same for the same seed. */
    DataSet draw(int pictures, long seed) {
        var random = new Random(seed);
        var pixels = new float[pictures * COLOURS * SIDE * SIDE];
        var labels = new float[pictures * classCount()];
        for (int i = 0; i < pictures; i++) {
            int label = i % classCount();
            labels[i * classCount() + label] = 1;
            drawOne(classes.get(label), random, pixels, i * COLOURS * SIDE * SIDE);
        }
        return new DataSet(
                Nd4j.create(pixels, new long[] {pictures, COLOURS, SIDE, SIDE}, 'c'),
                Nd4j.create(labels, new long[] {pictures, classCount()}, 'c'));
    }

    private static void drawOne(Pattern shown, Random random, float[] pixels, int from) {
        var distractor = Pattern.random(SIDE, COLOURS, random);
        int down = random.nextInt(2 * LARGEST_SHIFT + 1) - LARGEST_SHIFT;
        int right = random.nextInt(2 * LARGEST_SHIFT + 1) - LARGEST_SHIFT;
        double brightness = 0.7 + 0.6 * random.nextDouble();
        int patchRow = random.nextInt(SIDE);
        int patchColumn = random.nextInt(SIDE);
        int at = from;
        for (int colour = 0; colour < COLOURS; colour++) {
            for (int row = 0; row < SIDE; row++) {
                for (int column = 0; column < SIDE; column++) {
                    double patch = patchWeight(row - patchRow, column - patchColumn);
                    double own = brightness * shown.at(colour, row + down, column + right);
                    double other = 1.5 * distractor.at(colour, row, column);
                    pixels[at++] = (float) ((1 - patch) * own + patch * other + NOISE * random.nextGaussian());
                }
            }
        }
    }

    /** How much of the distractor shows at a distance from its middle: 1 there, fading to 0. */
    private static double patchWeight(int rows, int columns) {
        return StrictMath.exp(-(rows * rows + columns * columns) / (2 * PATCH_RADIUS * PATCH_RADIUS));
    }
}

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
public final class ImageTask {

    public static final int SIDE = 12;
    public static final int COLOURS = 3;

    private final List<Pattern> classes = new ArrayList<>();
    private final Difficulty difficulty;

    public ImageTask(int classCount, long seed) {
        this(classCount, seed, Difficulty.USUAL);
    }

    public ImageTask(int classCount, long seed, Difficulty difficulty) {
        this.difficulty = difficulty;
        var random = new Random(seed);
        for (int i = 0; i < classCount; i++) classes.add(Pattern.random(SIDE, COLOURS, random));
    }

    /**
     * What makes the classes hard to tell apart.
     *
     * @param largestShift in pixels, in each direction
     * @param noise deviation of what is added to every pixel; patterns have a deviation of about 1
     * @param patchRadius of the distractor, in pixels
     */
    public record Difficulty(int largestShift, double noise, double patchRadius) {
        public static final Difficulty USUAL = new Difficulty(3, 0.5, 2.5);
    }

    public static InputType inputType() {
        return InputType.convolutional(SIDE, SIDE, COLOURS);
    }

    public int classCount() {
        return classes.size();
    }

    /** Pictures of all classes in turn, with one-hot labels; the same for the same seed. */
    public DataSet draw(int pictures, long seed) {
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

    private void drawOne(Pattern shown, Random random, float[] pixels, int from) {
        var distractor = Pattern.random(SIDE, COLOURS, random);
        int down = random.nextInt(2 * difficulty.largestShift() + 1) - difficulty.largestShift();
        int right = random.nextInt(2 * difficulty.largestShift() + 1) - difficulty.largestShift();
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
                    pixels[at++] =
                            (float) ((1 - patch) * own + patch * other + difficulty.noise() * random.nextGaussian());
                }
            }
        }
    }

    /** How much of the distractor shows at a distance from its middle: 1 there, fading to 0. */
    private double patchWeight(int rows, int columns) {
        return StrictMath.exp(
                -(rows * rows + columns * columns) / (2 * difficulty.patchRadius() * difficulty.patchRadius()));
    }
}

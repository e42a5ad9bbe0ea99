package io.weighbridge.app.zoo;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The pictures of a task, drawn once: some to train originals, others to train copies (their makers do not have the first ones), and some
 * to test.
 */
public final class Pictures {

    private static final long TEST_SEED = 977;
    private static final int PIXELS = ImageTask.COLOURS * ImageTask.SIDE * ImageTask.SIDE;

    private final ImageTask task;
    private final int trainingPictures;
    private final int testPictures;
    private final Map<Long, Set> drawn = new HashMap<>();

    /** Which pictures to train with. */
    public enum Purpose {
        ORIGINALS(1),
        COPIES(2);

        private final long seed;

        Purpose(long seed) {
            this.seed = seed;
        }
    }

    public Pictures(ImageTask task, int trainingPictures, int testPictures) {
        this.task = task;
        this.trainingPictures = trainingPictures;
        this.testPictures = testPictures;
    }

    public int classCount() {
        return task.classCount();
    }

    Set training(Purpose purpose) {
        return drawn(purpose.seed, trainingPictures);
    }

    Set test() {
        return drawn(TEST_SEED, testPictures);
    }

    /** Drawing takes longer than a step of training, so it is done once and only when needed. */
    private synchronized Set drawn(long seed, int pictures) {
        return drawn.computeIfAbsent(seed, key -> Set.of(task.draw(pictures, key)));
    }

    /** Pictures and what they are, one row a picture. */
    record Set(float[] pixels, float[] labels) {

        static Set of(DataSet drawn) {
            return new Set(
                    drawn.getFeatures().data().asFloat(),
                    drawn.getLabels().data().asFloat());
        }

        int size() {
            return pixels.length / PIXELS;
        }

        /** The pictures from one to before another. */
        INDArray features(int from, int to) {
            return features(Arrays.copyOfRange(pixels, from * PIXELS, to * PIXELS));
        }

        /** The same pictures with other labels. */
        Set labelled(float[] answers) {
            return new Set(pixels, answers);
        }

        /** Pictures picked at random. */
        DataSet batch(int count, Random random) {
            int classes = labels.length / size();
            var pickedPixels = new float[count * PIXELS];
            var pickedLabels = new float[count * classes];
            for (int i = 0; i < count; i++) {
                int picked = random.nextInt(size());
                System.arraycopy(pixels, picked * PIXELS, pickedPixels, i * PIXELS, PIXELS);
                System.arraycopy(labels, picked * classes, pickedLabels, i * classes, classes);
            }
            return new DataSet(features(pickedPixels), Nd4j.create(pickedLabels, new long[] {count, classes}, 'c'));
        }

        private static INDArray features(float[] pixels) {
            long[] shape = {pixels.length / PIXELS, ImageTask.COLOURS, ImageTask.SIDE, ImageTask.SIDE};
            return Nd4j.create(pixels, shape, 'c');
        }
    }
}

package io.weighbridge.hash.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.SiteKey;
import io.weighbridge.hash.TestModels;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The fast kernels give the bits of the reference. One NaN is as good as another: Java does not say which of them an addition gives. */
class KernelsTest {

    private static final int[] SIZES = {
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 255, 1021, 4098
    };
    private static final int SEEDS = 3;

    /** Numbers behind the n of an operation, which it must leave alone; enough for the sums of 49 positions. */
    private static final int BEHIND = 56;

    private static final int AT = 3;

    /** Calls after which the loops of an operation have been compiled by the last compiler. */
    private static final int HOT = 800;

    private static final float[] BOUNDARIES = {
        0,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Math.nextDown(Float.MIN_NORMAL),
        -Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        1e-20f,
        1e19f,
        -.5f,
        .5f,
        1.5f,
        2.5f,
        Math.nextDown(.5f),
        3,
        -3,
        Math.nextUp(3f),
        1 << 20,
        Math.nextDown((float) (1 << 21))
    };

    private static final float[] NOT_FINITE = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 0, -0f, 1, 2
    };

    private enum Contents {
        NORMAL,
        ANY_EXPONENT,
        BOUNDARY,
        WITH_NOT_FINITE;

        float draw(Random random) {
            return switch (this) {
                case NORMAL -> (float) random.nextGaussian();
                case ANY_EXPONENT -> Math.scalb((float) random.nextGaussian(), random.nextInt(250) - 125);
                case BOUNDARY -> BOUNDARIES[random.nextInt(BOUNDARIES.length)];
                case WITH_NOT_FINITE ->
                    random.nextInt(8) > 0
                            ? (float) random.nextGaussian()
                            : NOT_FINITE[random.nextInt(NOT_FINITE.length)];
            };
        }
    }

    /** One call of the kernels; {@code a} are six arrays of more than n numbers. */
    private interface Call {
        void on(Kernels kernels, float[][] a, int n);
    }

    private enum Operation {
        ADD((kernels, a, n) -> kernels.add(a[0], a[1], n)),
        ADD_ENERGIES((kernels, a, n) -> kernels.addEnergies(a[0], a[1], a[2], n)),
        DESCRIBE((kernels, a, n) -> kernels.describe(a[0], a[5][0], a[1], a[2], a[3], a[4], n)),
        ADD_PRODUCTS((kernels, a, n) -> kernels.addProducts(a[0], a[1], a[2], a[3], a[4], n)),
        ADD_POWERS((kernels, a, n) -> kernels.addPowers(a[0], a[5][0], a[1], a[2], a[3], n)),
        ADD_ROWS((kernels, a, n) -> kernels.addRows(a[0], rows(a), factors(a), n)),
        ADD_SIZES((kernels, a, n) -> kernels.addSizes(a[0], rows(a), factors(a), n)),
        ADD_SQUARES((kernels, a, n) -> kernels.addSquares(a[0], rows(a), factors(a), n)),
        ADD_SIGNED((kernels, a, n) -> kernels.addSigned(a[0], a[1], a[2], a[3], n)),
        EMPHASISE((kernels, a, n) -> kernels.emphasise(a[0], a[3][0], a[1], a[2], n)),
        SQUARE((kernels, a, n) -> kernels.square(a[0], a[2][0], a[1], n)),
        SUM((kernels, a, n) -> a[1][0] = kernels.sum(a[0], n)),
        SUMS_OF_1((kernels, a, n) -> kernels.sumsByPosition(a[0], 1, a[1], AT, n)),
        SUMS_OF_2((kernels, a, n) -> kernels.sumsByPosition(a[0], 2, a[1], AT, n / 2 * 2)),
        SUMS_OF_8((kernels, a, n) -> kernels.sumsByPosition(a[0], 8, a[1], AT, n / 8 * 8)),
        SUMS_OF_9((kernels, a, n) -> kernels.sumsByPosition(a[0], 9, a[1], AT, n / 9 * 9)),
        SUMS_OF_25((kernels, a, n) -> kernels.sumsByPosition(a[0], 25, a[1], AT, n / 25 * 25)),
        SUMS_OF_49((kernels, a, n) -> kernels.sumsByPosition(a[0], 49, a[1], AT, n / 49 * 49)),
        WAVE((kernels, a, n) -> kernels.wave(a[0], n));

        private final Call call;

        Operation(Call call) {
            this.call = call;
        }

        /** A wave takes numbers below 2²¹ only. */
        float accepted(float v) {
            if (this != WAVE || Math.abs(v) < 1 << 21) {
                return v;
            }
            return Float.isFinite(v) ? v % 1000 : .25f;
        }

        private static float[][] rows(float[][] a) {
            return new float[][] {a[1], a[2], a[3], a[4]};
        }

        private static float[] factors(float[][] a) {
            return Arrays.copyOf(a[5], 4);
        }
    }

    @Test
    void shouldUseTheFastKernels() {
        assertThat(Kernels.standard()).isSameAs(BlockedKernels.INSTANCE);
    }

    @ParameterizedTest
    @EnumSource
    void shouldGiveTheBitsOfTheReference(Operation operation) {
        compare(operation);
        heat(operation, ReferenceKernels.INSTANCE);
        heat(operation, BlockedKernels.INSTANCE);
        compare(operation);
    }

    @Test
    void shouldGiveTheSameCodesWithEitherKernels() {
        for (int seed = 1; seed <= 3; seed++) {
            var model = TestModels.random(seed);
            var expected = algorithms(ReferenceKernels.INSTANCE);
            var fast = algorithms(BlockedKernels.INSTANCE);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(fast.get(i).hash(model))
                        .as(expected.get(i).id() + " seed " + seed)
                        .isEqualTo(expected.get(i).hash(model));
            }
        }
    }

    private static List<HashAlgorithm> algorithms(Kernels kernels) {
        return List.of(
                new InvariantSignature(SiteKey.NONE, kernels, SignatureConstants.pri3(), 1024),
                new ImportanceWeightedProjection(SiteKey.NONE, kernels, 1024));
    }

    private static void compare(Operation operation) {
        for (int n : SIZES) {
            for (var contents : Contents.values()) {
                for (int seed = 1; seed <= SEEDS; seed++) {
                    compare(operation, n, contents, seed);
                }
            }
        }
    }

    private static void compare(Operation operation, int n, Contents contents, int seed) {
        var expected = arrays(operation, n, contents, seed);
        var got = arrays(operation, n, contents, seed);
        operation.call.on(ReferenceKernels.INSTANCE, expected, n);
        operation.call.on(BlockedKernels.INSTANCE, got, n);
        for (int i = 0; i < expected.length; i++) {
            int at = firstDifference(expected[i], got[i]);
            assertThat(at)
                    .as(() -> operation + ", n " + n + ", " + contents + ", seed " + seed)
                    .withFailMessage(
                            "array %d differs at %d: %s", i, at, at < 0 ? "" : expected[i][at] + ", " + got[i][at])
                    .isEqualTo(-1);
        }
    }

    private static float[][] arrays(Operation operation, int n, Contents contents, int seed) {
        var random = new Random(seed);
        var arrays = new float[6][n + BEHIND];
        for (var array : arrays) {
            for (int j = 0; j < array.length; j++) {
                array[j] = operation.accepted(contents.draw(random));
            }
        }
        return arrays;
    }

    private static int firstDifference(float[] expected, float[] got) {
        for (int j = 0; j < expected.length; j++) {
            boolean areNaN = Float.isNaN(expected[j]) && Float.isNaN(got[j]);
            if (!areNaN && Float.floatToRawIntBits(expected[j]) != Float.floatToRawIntBits(got[j])) {
                return j;
            }
        }
        return -1;
    }

    private static void heat(Operation operation, Kernels kernels) {
        int n = 1021;
        var arrays = arrays(operation, n, Contents.NORMAL, 0);
        for (int i = 0; i < HOT; i++) {
            operation.call.on(kernels, arrays, n);
        }
    }
}

package io.weighbridge.hash.projection;

/** Arithmetic on short vectors, in place. */
final class Vectors {

    private Vectors() {}

    /** The vector at unit length; zeros stay. Returns the same array. */
    static double[] normalise(double[] vector) {
        double sum = 0;
        for (double v : vector) {
            sum += v * v;
        }
        if (sum > 0) {
            double scale = 1 / Math.sqrt(sum);
            for (int i = 0; i < vector.length; i++) {
                vector[i] *= scale;
            }
        }
        return vector;
    }

    /** The same numbers in double precision. */
    static double[] widened(float[] vector) {
        var widened = new double[vector.length];
        for (int i = 0; i < vector.length; i++) {
            widened[i] = vector[i];
        }
        return widened;
    }

    /** The roots of the sizes, signs kept, at unit length: a few large entries must not make unrelated networks look alike. Zeros stay. */
    static void root(double[] vector, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += Math.abs(vector[i]);
        }
        if (sum > 0) {
            for (int i = from; i < to; i++) {
                vector[i] = Math.copySign(Math.sqrt(Math.abs(vector[i]) / sum), vector[i]);
            }
        }
    }
}

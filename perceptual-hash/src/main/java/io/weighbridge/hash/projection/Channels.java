package io.weighbridge.hash.projection;

/** Numbers that describe each channel of one side of a layer: a row a channel, a column a feature. */
final class Channels {

    private final int count;
    private final int width;
    private final double[] values;

    private Channels(int count, int width, double[] values) {
        this.count = count;
        this.width = width;
        this.values = values;
    }

    /** Row after row, {@code width} numbers each. */
    Channels(float[] rows, int width) {
        this(rows.length / width, width, new double[rows.length]);
        for (int i = 0; i < rows.length; i++) {
            values[i] = rows[i];
        }
    }

    /** Column after column, a number a channel each. */
    static Channels ofFeatures(float[]... columns) {
        var channels = new Channels(columns[0].length, columns.length, new double[columns.length * columns[0].length]);
        for (int i = 0; i < channels.values.length; i++) {
            channels.values[i] = columns[i % columns.length][i / columns.length];
        }
        return channels;
    }

    double get(int channel, int feature) {
        return values[channel * width + feature];
    }

    /** Column after column. */
    float[][] byFeature() {
        var columns = new float[width][count];
        for (int i = 0; i < values.length; i++) {
            columns[i % width][i / width] = (float) values[i];
        }
        return columns;
    }

    /** Each column less its mean. */
    Channels centred() {
        var centred = values.clone();
        for (int j = 0; j < width; j++) {
            double sum = 0;
            for (int i = j; i < values.length; i += width) {
                sum += values[i];
            }
            double mean = sum / count;
            for (int i = j; i < values.length; i += width) {
                centred[i] -= mean;
            }
        }
        return new Channels(count, width, centred);
    }

    /** Each column less its mean and in units of its deviation; a column that hardly varies is left in its own units. */
    Channels standardised() {
        var result = centred();
        for (int j = 0; j < width; j++) {
            double sum = 0;
            for (int i = j; i < values.length; i += width) {
                sum += result.values[i] * result.values[i];
            }
            double deviation = Math.sqrt(sum / count);
            if (deviation > 1e-5) {
                for (int i = j; i < values.length; i += width) {
                    result.values[i] /= deviation;
                }
            }
        }
        return result;
    }

    /** Each row times a matrix of as many rows as this has columns. */
    Channels times(double[] matrix, int columns) {
        var product = new double[count * columns];
        for (int c = 0; c < count; c++) {
            for (int j = 0; j < width; j++) {
                double v = values[c * width + j];
                for (int m = 0; m < columns; m++) {
                    product[c * columns + m] += v * matrix[j * columns + m];
                }
            }
        }
        return new Channels(count, columns, product);
    }

    /** Both descriptions of each channel side by side. */
    Channels beside(Channels other) {
        var both = new Channels(count, width + other.width, new double[values.length + other.values.length]);
        for (int c = 0; c < count; c++) {
            System.arraycopy(values, c * width, both.values, c * both.width, width);
            System.arraycopy(other.values, c * other.width, both.values, c * both.width + width, other.width);
        }
        return both;
    }

    /** Random waves of each row (random Fourier features), centred over the channels. */
    Channels waves(String purpose, int features, double frequency) {
        var directions = new BasisStream(purpose, width);
        var phases = new BasisStream(purpose + "p", width);
        var matrix = new double[width * features];
        for (int i = 0; i < matrix.length; i++) {
            matrix[i] = directions.normal(i) * frequency / (2 * Math.PI);
        }
        var waves = times(matrix, features);
        for (int i = 0; i < waves.values.length; i++) {
            waves.values[i] = wave(waves.values[i] + phases.uniform(i % features));
        }
        return waves.centred();
    }

    /** products[at + q · width + b] += Σ_c others[c, q] · this[c, b]; {@code others} has a row a channel, {@code othersWidth} numbers each. */
    void addProducts(double[] others, int othersWidth, double[] products, int at) {
        for (int c = 0; c < count; c++) {
            for (int q = 0; q < othersWidth; q++) {
                double factor = others[c * othersWidth + q];
                for (int b = 0; b < width; b++) {
                    products[at + q * width + b] += factor * values[c * width + b];
                }
            }
        }
    }

    /** {@link Kernels#wave} in double precision. */
    private static double wave(double x) {
        double u = x - Math.rint(x);
        return 8 * u * (1 - 2 * Math.abs(u));
    }
}

package io.weighbridge.hash.projection;

/** Numbers that describe each channel of one side of a layer, one row a channel. */
final class Channels {

    private final int count;
    private final int width;
    private final double[] values;

    Channels(int count, int width) {
        this(count, width, new double[count * width]);
    }

    private Channels(int count, int width, double[] values) {
        this.count = count;
        this.width = width;
        this.values = values;
    }

    int width() {
        return width;
    }

    /** The rows, one after the other; shared, to be filled by a kernel. */
    double[] values() {
        return values;
    }

    /** Each column less its mean. */
    Channels centred() {
        for (int j = 0; j < width; j++) {
            double sum = 0;
            for (int i = j; i < values.length; i += width) {
                sum += values[i];
            }
            double mean = sum / count;
            for (int i = j; i < values.length; i += width) {
                values[i] -= mean;
            }
        }
        return this;
    }

    /** Each column less its mean and in units of its deviation; a column that hardly varies is left in its own units. */
    Channels standardised() {
        centred();
        for (int j = 0; j < width; j++) {
            double sum = 0;
            for (int i = j; i < values.length; i += width) {
                sum += values[i] * values[i];
            }
            double deviation = Math.sqrt(sum / count);
            if (deviation > 1e-9) {
                for (int i = j; i < values.length; i += width) {
                    values[i] /= deviation;
                }
            }
        }
        return this;
    }

    /** Each row times a matrix of {@code width()} rows, {@code columns} columns. */
    Channels times(double[] matrix, int columns) {
        var product = new Channels(count, columns);
        for (int c = 0; c < count; c++) {
            for (int j = 0; j < width; j++) {
                double v = values[c * width + j];
                for (int m = 0; m < columns; m++) {
                    product.values[c * columns + m] += v * matrix[j * columns + m];
                }
            }
        }
        return product;
    }

    /** Both descriptions of each channel side by side. */
    Channels beside(Channels other) {
        var both = new Channels(count, width + other.width);
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
            waves.values[i] = ReferenceKernels.wave(waves.values[i] + phases.uniform(i % features));
        }
        return waves.centred();
    }
}

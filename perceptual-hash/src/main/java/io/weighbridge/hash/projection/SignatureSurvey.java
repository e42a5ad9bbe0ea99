package io.weighbridge.hash.projection;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.WeightLayer;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Estimates the {@link SignatureConstants} from independent networks: the mean signature of each kind of layer, and the directions in
 * which signatures are spread most, with the gain that brings the spread along them down to that of the next one. Not for many threads.
 */
public final class SignatureSurvey {

    private static final int DIRECTIONS = 12;

    /** Kinds of which fewer layers were seen get no constants. */
    static final int MIN_LAYERS = 60;

    private static final int ITERATIONS = 60;

    private final Map<SignatureKind, List<double[]>> signatures = new TreeMap<>();

    /** Looks at the layers of one more network, unrelated to all before. */
    public void add(List<? extends WeightLayer> layers) {
        asAlgorithm().hash(layers);
    }

    /** An algorithm that adds every network it is given, and gives codes of zeros: to be led over files like any other. */
    public HashAlgorithm asAlgorithm() {
        return new HashAlgorithm() {
            @Override
            public AlgorithmId id() {
                return new AlgorithmId("survey", 1);
            }

            @Override
            public int bits() {
                return Long.SIZE;
            }

            @Override
            public double falseMatchRate(int distanceBits) {
                return 1;
            }

            @Override
            public Accumulator start(List<? extends WeightLayer> layers) {
                return accumulator();
            }
        };
    }

    private HashAlgorithm.Accumulator accumulator() {
        return new HashAlgorithm.Accumulator() {
            @Override
            public LayerPass begin(WeightLayer layer) {
                var kind = SignatureKind.of(layer);
                return kind.begin(Kernels.standard(), layer, signature -> keep(kind, signature));
            }

            @Override
            public PerceptualCode code() {
                return PerceptualCode.of(new AlgorithmId("survey", 1), 0);
            }
        };
    }

    /** A layer with weights that are not finite is as if it had not been seen: one would spoil the mean of all. */
    private void keep(SignatureKind kind, double[] signature) {
        if (Arrays.stream(signature).allMatch(Double::isFinite)) {
            signatures.computeIfAbsent(kind, k -> new ArrayList<>()).add(signature);
        }
    }

    /** The constants, in the layout that {@link SignatureConstants} reads. */
    public byte[] constants() {
        var kinds = new TreeMap<>(signatures);
        kinds.values().removeIf(seen -> seen.size() < MIN_LAYERS);
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeInt(SignatureConstants.MAGIC);
            out.writeInt(kinds.size());
            for (var kind : kinds.entrySet()) {
                write(out, kind.getKey(), kind.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, SignatureKind kind, List<double[]> seen) throws IOException {
        double[] mean = mean(seen);
        var centred = seen.stream().map(signature -> minus(signature, mean)).toList();
        int directions = Math.min(DIRECTIONS, seen.size() / 3);
        // One more than is damped: its spread is what the others are brought down to.
        var basis = principalDirections(centred, directions + 1);
        double floor = spread(centred, basis.get(directions));
        out.writeInt(kind.form().id());
        out.writeInt(kind.size());
        out.writeInt(mean.length);
        out.writeInt(directions);
        writeFloats(out, mean);
        for (var direction : basis.subList(0, directions)) {
            out.writeFloat((float) Math.min(1, floor / spread(centred, direction)));
            writeFloats(out, direction);
        }
    }

    /** Orthogonal iteration on X'X, from pseudo-random vectors. */
    private static List<double[]> principalDirections(List<double[]> rows, int count) {
        var random = new SplittableRandom(1);
        List<double[]> basis = new ArrayList<>();
        for (int r = 0; r < count; r++) {
            basis.add(random.doubles(rows.get(0).length, -1, 1).toArray());
        }
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            var next = new ArrayList<double[]>();
            for (var direction : basis) {
                next.add(orthogonal(product(rows, direction), next));
            }
            basis = next;
        }
        return basis;
    }

    private static double[] product(List<double[]> rows, double[] direction) {
        var product = new double[direction.length];
        for (var row : rows) {
            addScaled(product, dot(row, direction), row);
        }
        return product;
    }

    private static double[] orthogonal(double[] vector, List<double[]> others) {
        for (var other : others) {
            addScaled(vector, -dot(vector, other), other);
        }
        return Vectors.normalise(vector);
    }

    private static double spread(List<double[]> rows, double[] direction) {
        return Math.sqrt(rows.stream()
                .mapToDouble(row -> dot(row, direction))
                .map(d -> d * d)
                .sum());
    }

    private static double[] mean(List<double[]> rows) {
        var mean = new double[rows.get(0).length];
        rows.forEach(row -> addScaled(mean, 1.0 / rows.size(), row));
        return mean;
    }

    private static double[] minus(double[] a, double[] b) {
        var difference = a.clone();
        addScaled(difference, -1, b);
        return difference;
    }

    private static void addScaled(double[] sums, double factor, double[] v) {
        for (int i = 0; i < v.length; i++) {
            sums[i] += factor * v[i];
        }
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static void writeFloats(DataOutputStream out, double[] values) throws IOException {
        for (double value : values) {
            out.writeFloat((float) value);
        }
    }
}

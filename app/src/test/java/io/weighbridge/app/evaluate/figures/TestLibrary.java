package io.weighbridge.app.evaluate.figures;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.app.evaluate.codes.LibraryCodes;
import io.weighbridge.app.evaluate.codes.LibraryCodes.Unhashed;
import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.FalseMatches;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.WeightLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** A library of made-up codes: nothing is hashed. */
public final class TestLibrary {

    private final List<LibraryModel> models = new ArrayList<>();
    private final Map<String, List<PerceptualCode>> codes = new HashMap<>();

    /** A column of made-up codes. */
    public static Single column(String name, int bits, int thresholdBits) {
        return variant(name, name + "@1", name, bits, thresholdBits);
    }

    /** A column of made-up codes of a variant of an algorithm. */
    public static Single variant(String id, String title, String algorithm, int bits, int thresholdBits) {
        return new Single(
                id,
                title,
                new MadeUp(new AlgorithmId(algorithm, 1), bits, thresholdBits, new FalseMatches(bits, 0, 1)));
    }

    /** Adds a file with its code in one column. */
    public TestLibrary add(LibraryModel model, Single column, long... words) {
        models.add(model);
        codes.computeIfAbsent(column.id(), id -> new ArrayList<>())
                .add(PerceptualCode.of(column.algorithm().id(), words));
        return this;
    }

    /** Adds a file with a code in each of the columns. */
    public TestLibrary add(LibraryModel model, Map<Single, long[]> words) {
        models.add(model);
        words.forEach((column, code) -> codes.computeIfAbsent(column.id(), id -> new ArrayList<>())
                .add(PerceptualCode.of(column.algorithm().id(), code)));
        return this;
    }

    public LibraryCodes codes(Unhashed... unhashed) {
        return new LibraryCodes(models, codes, List.of(unhashed));
    }

    /** A file of the report part. */
    public static LibraryModel model(String family, String change, Kind kind, String architecture, String task) {
        return model(family, change, kind, architecture, task, Part.REPORT);
    }

    public static LibraryModel model(
            String family, String change, Kind kind, String architecture, String task, Part part) {
        return new LibraryModel(
                family + "-" + change + ".pt",
                family,
                change,
                kind,
                architecture,
                task,
                part,
                OptionalDouble.empty(),
                OptionalDouble.empty());
    }

    /** Random words. */
    public static long[] words(SplittableRandom random, int bits) {
        return random.longs(bits / Long.SIZE).toArray();
    }

    /** The words with each bit turned over with that probability. */
    public static long[] near(SplittableRandom random, long[] words, double probability) {
        long[] near = words.clone();
        for (int bit = 0; bit < words.length * Long.SIZE; bit++) {
            if (random.nextDouble() < probability) {
                near[bit / Long.SIZE] ^= 1L << bit;
            }
        }
        return near;
    }

    private record MadeUp(AlgorithmId id, int bits, int thresholdBits, FalseMatches falseMatches)
            implements HashAlgorithm {

        @Override
        public double falseMatchRate(int distanceBits) {
            return falseMatches.rate(distanceBits);
        }

        @Override
        public Accumulator start(List<? extends WeightLayer> layers) {
            throw new UnsupportedOperationException("codes are made up");
        }
    }
}

package io.weighbridge.app.bench.search;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Codes to be searched, the same in every run, made one at a time instead of kept.
 *
 * @param size how many, from 1
 * @param bits length of each, a multiple of 64
 * @param clustered false: uniform. True: around centres, one for 64 codes on average but unevenly (the largest cluster of 10⁷ codes has about 25,000),
 *     with 0 to a quarter of the bits flipped
 */
public record CodeSet(int size, int bits, boolean clustered) {

    static final AlgorithmId ALGORITHM = AlgorithmId.parse("bench@1");

    private static final long CODES = 0x5eed;
    private static final long CENTRES = 0xce47e5;
    private static final long QUERIES = 0xa5c;
    private static final int CODES_A_CENTRE = 64;

    public CodeSet {
        if (size < 1 || bits < Long.SIZE || bits % Long.SIZE != 0) {
            throw new IllegalArgumentException(
                    "codes: expected 1 or more of a multiple of 64 bits, got " + size + " of " + bits + " bits");
        }
    }

    /** The code with this number, from 0. */
    PerceptualCode code(int number) {
        var random = random(CODES, number);
        if (!clustered) {
            return uniform(random);
        }
        int centres = Math.max(1, size / CODES_A_CENTRE);
        double at = random.nextDouble();
        return flipped(uniform(random(CENTRES, (int) (centres * at * at))), random.nextInt(bits / 4 + 1), random);
    }

    /** Every other one lies 0 to a quarter of the bits from one of the codes, the nearer the likelier; the others are strangers. */
    List<PerceptualCode> queries(int count) {
        var queries = new ArrayList<PerceptualCode>();
        for (int i = 0; i < count; i++) {
            var random = random(QUERIES, i);
            double away = random.nextDouble();
            queries.add(
                    i % 2 == 0
                            ? flipped(code(random.nextInt(size)), (int) (bits / 4 * away * away), random)
                            : uniform(random));
        }
        return queries;
    }

    private PerceptualCode uniform(SplittableRandom random) {
        var words = new long[bits / Long.SIZE];
        for (int i = 0; i < words.length; i++) {
            words[i] = random.nextLong();
        }
        return PerceptualCode.of(ALGORITHM, words);
    }

    private PerceptualCode flipped(PerceptualCode code, int flips, SplittableRandom random) {
        var words = new long[bits / Long.SIZE];
        for (int i = 0; i < words.length; i++) {
            words[i] = code.word(i);
        }
        for (int i = 0; i < flips; i++) {
            int bit = random.nextInt(bits);
            words[bit / Long.SIZE] ^= 1L << bit % Long.SIZE;
        }
        return PerceptualCode.of(ALGORITHM, words);
    }

    /** Mixed, because generators with neighbouring seeds are alike. */
    private static SplittableRandom random(long stream, int number) {
        return new SplittableRandom(new SplittableRandom(stream << Integer.SIZE ^ number).nextLong());
    }
}

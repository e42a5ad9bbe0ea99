package io.weighbridge.app.bench.pipeline;

import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.PerceptualCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Codes of protected models and of uploads, each a function of seed and number alone: nothing is kept of uploads. Random bits, but for a share of the
 * uploads, spread evenly, that are copies: a protected model's code with some bits flipped, up to a tenth more than the threshold allows.
 */
public final class MadeUpCodes {

    private final String name;
    private final long seed;
    private final double copyShare;
    private final List<HashAlgorithm> algorithms;
    private final PerceptualCode[][] protectedCodes;

    /**
     * @param name begins the ids of the uploads, and changes their codes; those of protected models depend on the seed alone
     * @param copyShare share of uploads that are copies, 0 to 1
     */
    public MadeUpCodes(String name, long seed, int protectedModels, double copyShare, List<HashAlgorithm> algorithms) {
        if (protectedModels < 1 || copyShare < 0 || copyShare > 1) {
            throw new IllegalArgumentException(
                    "made-up codes: expected 1 or more protected models and a share of 0 to 1, got " + protectedModels
                            + " and " + copyShare);
        }
        this.name = name;
        this.seed = seed;
        this.copyShare = copyShare;
        this.algorithms = List.copyOf(algorithms);
        protectedCodes = new PerceptualCode[protectedModels][algorithms.size()];
        var random = new SplittableRandom(seed);
        for (var codes : protectedCodes) {
            for (int i = 0; i < codes.length; i++) {
                codes[i] = random(random, algorithms.get(i));
            }
        }
    }

    public int protectedModels() {
        return protectedCodes.length;
    }

    public String protectedId(int model) {
        return "protected-" + model;
    }

    public String uploadId(int upload) {
        return name + "-" + upload;
    }

    /** One for each algorithm. */
    public List<PerceptualCode> protectedCodes(int model) {
        return List.of(protectedCodes[model]);
    }

    /** Whether an upload is made from a protected model. */
    public boolean isCopy(int upload) {
        return Math.floor((upload + 1) * copyShare) > Math.floor(upload * copyShare);
    }

    /** One for each algorithm. */
    public List<PerceptualCode> uploadCodes(int upload) {
        var random = new SplittableRandom(seed + name.hashCode() * 31L + upload * 0x9E3779B97F4A7C15L);
        int original = random.nextInt(protectedCodes.length);
        var codes = new PerceptualCode[algorithms.size()];
        for (int i = 0; i < codes.length; i++) {
            var algorithm = algorithms.get(i);
            codes[i] = isCopy(upload)
                    ? changed(random, protectedCodes[original][i], algorithm.thresholdBits() * 11 / 10)
                    : random(random, algorithm);
        }
        return List.of(codes);
    }

    /**
     * The pairs that have to raise alerts, by plain loops over all codes.
     *
     * @param models how many of the protected models, from the first
     * @param uploads how many of the uploads, from the first
     */
    public Set<CodePair> matches(int models, int uploads) {
        var pairs = new HashSet<CodePair>();
        for (int upload = 0; upload < uploads; upload++) {
            var codes = uploadCodes(upload);
            for (int model = 0; model < models; model++) {
                for (int i = 0; i < codes.size(); i++) {
                    int distance = codes.get(i).distanceBits(protectedCodes[model][i]);
                    if (distance <= algorithms.get(i).thresholdBits()) {
                        pairs.add(new CodePair(
                                uploadId(upload),
                                protectedId(model),
                                algorithms.get(i).id().toString(),
                                distance));
                    }
                }
            }
        }
        return pairs;
    }

    private static PerceptualCode random(SplittableRandom random, HashAlgorithm algorithm) {
        return PerceptualCode.of(
                algorithm.id(), random.longs(algorithm.bits() / Long.SIZE).toArray());
    }

    private static PerceptualCode changed(SplittableRandom random, PerceptualCode code, int mostBits) {
        var words = new long[code.bits() / Long.SIZE];
        for (int i = 0; i < words.length; i++) {
            words[i] = code.word(i);
        }
        var bits = IntStream.range(0, code.bits()).toArray();
        for (int i = 0, flips = random.nextInt(mostBits + 1); i < flips; i++) {
            int chosen = random.nextInt(i, bits.length);
            int bit = bits[chosen];
            bits[chosen] = bits[i];
            words[bit / Long.SIZE] ^= 1L << bit;
        }
        return PerceptualCode.of(code.algorithm(), words);
    }
}

package io.weighbridge.hash.projection;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.FalseMatches;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.SiteKey;
import io.weighbridge.hash.WeightLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code pri@3}: the permutation- and rescaling-invariant signature. Every layer gives a signature of its {@link SignatureKind}, less what unrelated
 * networks share; signatures of one kind are added, and the code is the signs of their pseudo-random projection. The order of the
 * layers, their names, and the order and scale of their channels do not matter.
 */
public final class InvariantSignature implements HashAlgorithm {

    private static final int BITS = 1024;

    /** Measured on unrelated networks: mean .2, deviation 1.35 over all of them, 2.2 between depthwise ones; taken wide (ADR 3). */
    private static final double MEAN = .3;

    private static final double DEVIATION = 1.75;

    private final SiteKey key;
    private final AlgorithmId id;
    private final Kernels kernels;
    private final SignatureConstants constants;
    private final int bits;
    private final FalseMatches falseMatches;

    /** @param key decides the basis of the last projection; the signatures themselves are the same for all */
    public InvariantSignature(SiteKey key) {
        this(key, Kernels.standard(), SignatureConstants.pri3(), BITS);
    }

    InvariantSignature(SiteKey key, Kernels kernels, SignatureConstants constants, int bits) {
        this.key = key;
        this.id = key.idOf("pri", 3);
        this.kernels = kernels;
        this.constants = constants;
        this.bits = bits;
        this.falseMatches = new FalseMatches(bits, MEAN, DEVIATION);
    }

    /**
     * The same without one of its parts, or of another length: for measurements. Codes are comparable with their own kind only, though they carry the
     * same id.
     *
     * @param isCentred whether what unrelated networks share is taken away
     * @param bits length of the code, a multiple of 64
     */
    public static InvariantSignature variant(boolean isCentred, int bits) {
        return new InvariantSignature(
                SiteKey.NONE,
                Kernels.standard(),
                isCentred ? SignatureConstants.pri3() : SignatureConstants.NONE,
                bits);
    }

    @Override
    public AlgorithmId id() {
        return id;
    }

    @Override
    public int bits() {
        return bits;
    }

    @Override
    public double falseMatchRate(int distanceBits) {
        return falseMatches.rate(distanceBits);
    }

    @Override
    public Accumulator start(List<? extends WeightLayer> layers) {
        var sums = new TreeMap<SignatureKind, LayerSum>();
        var projection = new LayerProjection(kernels);
        return new Accumulator() {
            private SignatureKind kind;
            private double[] signature;

            @Override
            public LayerPass begin(WeightLayer layer) {
                kind = SignatureKind.of(layer);
                return kind.begin(kernels, layer, this::add);
            }

            private void add(double[] raw) {
                signature = constants.corrected(kind, raw);
                sums.computeIfAbsent(kind, k -> new LayerSum(k.length()))
                        .add(signature, kind.form().weight());
            }

            @Override
            public PerceptualCode code() {
                return SignCode.of(id, project(sums));
            }

            @Override
            public Optional<PerceptualCode> layerCode() {
                return projection.code(kind, signature);
            }
        };
    }

    /** Bit i of 64 consecutive ones is the sign in bit i of one draw, so a draw serves 64 sums. */
    private double[] project(Map<SignatureKind, LayerSum> sums) {
        var projected = new double[bits];
        sums.forEach((kind, sum) -> {
            var basis = new BasisStream(key, "pri", kind.form().basis(), kind.size());
            double scale = 1 / Math.sqrt(sum.length());
            for (int j = 0; j < sum.length(); j++) {
                double v = sum.get(j) * scale;
                for (int block = 0; block < bits / Long.SIZE; block++) {
                    Signs.add(projected, block * Long.SIZE, v, basis.bits((long) j * (bits / Long.SIZE) + block));
                }
            }
        });
        return projected;
    }
}

package io.weighbridge.hash.projection;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.RowBlock;
import io.weighbridge.hash.layer.LayerCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * {@code layer@2}: the signs of a ±1 projection of one corrected signature, on a basis of its own for each kind of signature. The bases of the last kinds
 * are kept, because the layers of a model are of few. Not for several threads.
 */
final class LayerProjection {

    private static final int DRAWS = LayerCode.BITS / Long.SIZE;

    /** The largest basis is of 1458 rows, 1.5 MB. */
    private static final int KEPT = 4;

    private final Kernels kernels;
    private final Map<SignatureKind, float[][]> bases = new LinkedHashMap<>(KEPT, .75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<SignatureKind, float[][]> eldest) {
            return size() > KEPT;
        }
    };

    LayerProjection(Kernels kernels) {
        this.kernels = kernels;
    }

    /** Empty if the signature is zero. */
    Optional<PerceptualCode> code(SignatureKind kind, double[] signature) {
        var basis = bases.computeIfAbsent(kind, LayerProjection::basis);
        var sums = new float[LayerCode.BITS];
        var rows = new float[RowBlock.ROWS][];
        var factors = new float[RowBlock.ROWS];
        boolean isZero = true;
        for (int from = 0; from < signature.length; from += RowBlock.ROWS) {
            for (int r = 0; r < RowBlock.ROWS; r++) {
                int j = Math.min(from + r, signature.length - 1);
                rows[r] = basis[j];
                factors[r] = from + r < signature.length ? (float) signature[j] : 0;
                isZero &= factors[r] == 0;
            }
            kernels.addRows(sums, rows, factors, sums.length);
        }
        return isZero ? Optional.empty() : Optional.of(SignCode.of(LayerCode.ALGORITHM, Vectors.widened(sums)));
    }

    /** A row of signs a number of the signature. Bit i of 64 consecutive ones is the sign in bit i of one draw. */
    private static float[][] basis(SignatureKind kind) {
        var stream = new BasisStream("layer", kind.form().basis(), kind.size());
        var rows = new float[kind.length()][LayerCode.BITS];
        for (int j = 0; j < rows.length; j++) {
            for (int block = 0; block < DRAWS; block++) {
                long draw = stream.bits((long) j * DRAWS + block);
                for (int i = 0; i < Long.SIZE; i++) {
                    rows[j][block * Long.SIZE + i] = 1 - 2 * (int) (draw >>> i & 1);
                }
            }
        }
        return rows;
    }
}

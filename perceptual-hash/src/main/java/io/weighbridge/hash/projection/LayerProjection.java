package io.weighbridge.hash.projection;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.layer.LayerCode;
import java.util.Optional;

/** {@code layer@1}: the signs of a ±1 projection of one corrected signature, on a basis of its own for each kind of signature. */
final class LayerProjection {

    private static final int DRAWS = LayerCode.BITS / Long.SIZE;

    private LayerProjection() {}

    /** Empty if the signature is zero. Bit i of 64 consecutive ones is the sign in bit i of one draw. */
    static Optional<PerceptualCode> code(SignatureKind kind, double[] signature) {
        var basis = new BasisStream("layer", kind.form().basis(), kind.size());
        var sums = new double[LayerCode.BITS];
        boolean isZero = true;
        for (int j = 0; j < signature.length; j++) {
            double v = signature[j];
            isZero &= v == 0;
            for (int draw = 0; draw < DRAWS; draw++) {
                Signs.add(sums, draw * Long.SIZE, v, basis.bits((long) j * DRAWS + draw));
            }
        }
        return isZero ? Optional.empty() : Optional.of(SignCode.of(LayerCode.ALGORITHM, sums));
    }
}

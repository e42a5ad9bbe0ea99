package io.weighbridge.hash.layer;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.projection.SignatureKind;

/**
 * The code of one layer, {@code layer@2}: the signs of a pseudo-random projection of the layer's invariant signature. Neither the order nor
 * the scale of its channels changes it.
 *
 * @param name the layer's name in its file
 * @param structure how much trained structure the layer holds, 0 (as if freshly drawn) to 1
 * @param code of {@value #BITS} bits
 */
public record LayerCode(
        String name, LayerKind kind, int outputs, int inputs, int positions, double structure, PerceptualCode code) {

    /** What the codes are of. Another signature is another version: only codes of equal ids are comparable. */
    public static final AlgorithmId ALGORITHM = new AlgorithmId("layer", 2);

    public static final int BITS = 256;

    public LayerCode {
        if (outputs < 1 || inputs < 1 || positions < 1) {
            throw new IllegalArgumentException("layer " + name + ": expected a shape of 1 or more each, got " + outputs
                    + " x " + inputs + " x " + positions);
        }
        if (!code.algorithm().equals(ALGORITHM) || code.bits() != BITS) {
            throw new IllegalArgumentException("layer " + name + ": expected a code " + ALGORITHM + " of " + BITS
                    + " bits, got " + code.algorithm() + " of " + code.bits());
        }
    }

    /** Number of weights. */
    public long size() {
        return (long) outputs * inputs * positions;
    }

    /** Whether the distance to the other code means anything. Their shapes may differ: channels may have been removed. */
    public boolean isComparable(LayerCode other) {
        return signature().isComparable(other.signature());
    }

    /** Which signature the code was made of. */
    SignatureKind signature() {
        return SignatureKind.of(kind, inputs, positions);
    }
}

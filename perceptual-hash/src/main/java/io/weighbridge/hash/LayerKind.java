package io.weighbridge.hash;

/** What a weight tensor does, as far as the hash needs to know. */
public enum LayerKind {
    /** Every output sees every input at every kernel position (1×1 convolutions included). */
    CONVOLUTION,
    /** Every output sees one input only: {@code inputs() == 1} and the outputs are independent channels. */
    DEPTHWISE,
    /** A matrix: one kernel position. */
    DENSE
}

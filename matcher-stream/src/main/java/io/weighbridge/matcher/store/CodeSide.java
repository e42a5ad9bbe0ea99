package io.weighbridge.matcher.store;

/** What a code is of, with the byte that stands for it in stored keys. */
public enum CodeSide {
    /** An uploaded file: roams, kept at every place where a protected neighbour may be, for the time of retention. */
    UPLOAD('U'),
    /** A protected model: resident, kept at one place a position, until withdrawn. */
    PROTECTED('P'),
    /** A public model: kept in every partition, so that each match can be set against the nearest of them. */
    BASELINE('B');

    private final byte id;

    CodeSide(char id) {
        this.id = (byte) id;
    }

    byte id() {
        return id;
    }

    static CodeSide of(byte id) {
        for (var side : values()) {
            if (side.id == id) {
                return side;
            }
        }
        throw new IllegalStateException("unknown side " + id);
    }
}

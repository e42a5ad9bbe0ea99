package io.weighbridge.matcher;

/** The two sides of the join, with the byte that stands for each in stored keys. */
enum Side {
    /** Roams: kept at every place where a protected neighbour may be, for the time of retention. */
    UPLOAD('U'),
    /** Resident: kept at one place a position, until withdrawn. */
    PROTECTED('P');

    private final byte id;

    Side(char id) {
        this.id = (byte) id;
    }

    byte id() {
        return id;
    }

    Side other() {
        return this == UPLOAD ? PROTECTED : UPLOAD;
    }
}

package io.weighbridge.hasher.format.pytorch;

import java.util.List;

/** A tensor whose numbers cannot be read, and why. */
record PyAbsent(List<Long> sizes, Reason reason, String what) implements PyTensor {

    enum Reason {
        /** The file has none. */
        NO_NUMBERS,
        /** They are laid out in a way that is not read. */
        NOT_READ
    }

    /** A tensor of the meta device: it has a shape and nothing else. */
    static PyAbsent meta(List<Long> sizes) {
        return new PyAbsent(sizes, Reason.NO_NUMBERS, "a meta tensor");
    }

    static PyAbsent notRead(List<Long> sizes, String what) {
        return new PyAbsent(sizes, Reason.NOT_READ, what);
    }
}

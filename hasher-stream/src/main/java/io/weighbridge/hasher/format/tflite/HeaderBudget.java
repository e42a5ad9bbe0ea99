package io.weighbridge.hasher.format.tflite;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;

/** What names, scales, tensors and operators of one file may take: they are held in memory, and tables of a flat buffer may share them. */
final class HeaderBudget {

    private final long limit;
    private long bytes;

    HeaderBudget(ReadLimits limits) {
        this.limit = limits.maxHeaderBytes();
    }

    void take(long more) throws ModelFormatException {
        bytes += more;
        if (bytes > limit) {
            throw ModelFormatException.tooLarge(
                    "names, scales, tensors and operators: more than maxHeaderBytes = " + limit);
        }
    }
}

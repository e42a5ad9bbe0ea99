package io.weighbridge.hasher.format.tflite;

import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;

/** One operator of a graph. The names of codes are those of the schema. */
record TfliteOperator(FlatTable table, int code) {

    static final int CONV_2D = 3;
    static final int DEPTHWISE_CONV_2D = 4;
    static final int DEQUANTIZE = 6;
    static final int FULLY_CONNECTED = 9;
    static final int RESHAPE = 22;
    static final int CUSTOM = 32;
    static final int TRANSPOSE = 39;
    static final int SQUEEZE = 43;
    static final int TRANSPOSE_CONV = 67;
    static final int QUANTIZE = 114;
    static final int DENSIFY = 124;

    /** Where the options of all operators lie, and what is an option of this one. */
    private static final int OPTIONS = 4;

    private static final int WEIGHTS_FORMAT = 1;

    /** The tensor of an input, or -1 if there is none. */
    int input(int index) throws IOException {
        var inputs = table.vector(1, Integer.BYTES, "inputs of an operator");
        return index < inputs.count() ? inputs.int32(index) : -1;
    }

    /** The tensor of the first output, or -1 if there is none. */
    int output() throws IOException {
        var outputs = table.vector(2, Integer.BYTES, "outputs of an operator");
        return outputs.count() > 0 ? outputs.int32(0) : -1;
    }

    /** Weights of dense layers may be shuffled for one kind of processor. */
    void checkIsNotShuffled() throws IOException {
        var options = table.table(OPTIONS, "options of FULLY_CONNECTED");
        if (options != null && options.int8(WEIGHTS_FORMAT) != 0) {
            throw ModelFormatException.unsupported("shuffled weights of FULLY_CONNECTED are not read");
        }
    }

    /** Whether numbers and their order go through it as they are. */
    boolean isPassing() {
        return code == RESHAPE || code == SQUEEZE || code == DEQUANTIZE || code == QUANTIZE;
    }
}

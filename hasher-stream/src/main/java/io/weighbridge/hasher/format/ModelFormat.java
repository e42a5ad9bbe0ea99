package io.weighbridge.hasher.format;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** One file format that holds weights. */
interface ModelFormat {

    /** The name in outcomes, e.g. {@code safetensors}. */
    String id();

    /** Whether the bytes look like this format. Reads a few bytes only, and never fails on content. */
    boolean recognises(FileChannel file) throws IOException;

    /**
     * Reads names, shapes and places of all tensors; weights are read when a layer is asked for them.
     *
     * @param file open until the last layer has been read
     * @throws ModelFormatException if the content is wrong, unsupported, or over a limit
     */
    ModelWeights read(FileChannel file, ReadLimits limits) throws IOException, ModelFormatException;
}

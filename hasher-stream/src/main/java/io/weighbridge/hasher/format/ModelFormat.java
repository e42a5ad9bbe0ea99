package io.weighbridge.hasher.format;

import java.io.IOException;

/** One file format that holds weights. */
public interface ModelFormat {

    /** The name in outcomes, e.g. {@code safetensors}. */
    String id();

    /**
     * Whether the bytes look like this format. Reads a few bytes, or the directory of an archive.
     *
     * @param limits of what may be read for it
     * @throws ModelFormatException if the file is an archive that is broken, so that no format can be told
     */
    boolean recognises(ModelBytes file, ReadLimits limits) throws IOException;

    /**
     * Reads names, shapes and places of all tensors; weights are read when a layer is asked for them.
     *
     * @param file open until the last layer has been read
     * @throws ModelFormatException if the content is wrong, unsupported, or over a limit; layers throw it too, wrapped in an
     *     {@link java.io.UncheckedIOException}
     */
    ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException;

    /** Whether an entry of an archive of this format, by its name, is an example or a note that the model does not compute with. */
    default boolean isNoPartOfTheModel(String entry) {
        return false;
    }
}

package io.weighbridge.hasher.format.container;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.util.Optional;

/** Tells what the content of an entry is. */
public interface Recognition {

    /** The format of a model or container; empty if it is of none that is read. */
    Optional<ModelFormat> format(ModelBytes file, ReadLimits limits) throws IOException;

    /** Names content of no format that is read. */
    String describe(ModelBytes file, ReadLimits limits) throws IOException;

    /** Whether such content is known for something that holds no weights: text, pictures, documents. */
    boolean holdsNoWeights(ModelBytes file, ReadLimits limits) throws IOException;
}

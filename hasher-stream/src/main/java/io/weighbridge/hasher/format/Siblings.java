package io.weighbridge.hasher.format;

import java.io.IOException;
import java.util.Optional;

/** The other files of the repository that a model file came with: shards, external data. Closing the model closes what was opened here. */
@FunctionalInterface
public interface Siblings {

    /** There are no others. */
    Siblings NONE = path -> Optional.empty();

    /**
     * Opens one of them.
     *
     * @param path below the folder of the model file, with {@code /} between names; of no empty name, {@code .} or {@code ..}
     * @return empty if there is none
     */
    Optional<ByteRange> open(String path) throws IOException;

    /** The name of the model file itself, without folders; empty if it is not known. */
    default Optional<String> reader() {
        return Optional.empty();
    }
}

package io.weighbridge.hasher.format.pickle;

import io.weighbridge.hasher.format.ByteRange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Bytes in a pickle. They stay in the file. Equal only to itself. */
public final class PyBytes {

    private final ByteRange range;

    public PyBytes(ByteRange range) {
        this.range = range;
    }

    /** The value as bytes, if it is bytes, or text that stands for them: byte strings of Python 2 are text to Python 3. */
    public static Optional<PyBytes> of(Object value, PickleRun run) throws IOException {
        if (value instanceof PyBytes bytes) {
            return Optional.of(bytes);
        }
        if (value instanceof PyText text) {
            return Optional.of(new PyBytes(text.latin1()));
        }
        if (value instanceof String text) {
            run.hold(text.length());
            return Optional.of(new PyBytes(new MemoryRange(text.getBytes(StandardCharsets.ISO_8859_1))));
        }
        return Optional.empty();
    }

    public ByteRange range() {
        return range;
    }
}

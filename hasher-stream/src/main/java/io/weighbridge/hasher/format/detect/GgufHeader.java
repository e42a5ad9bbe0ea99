package io.weighbridge.hasher.format.detect;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The beginning of a GGUF file, as far as it tells what the model is: {@code GGUF | version | tensors | pairs | key, type, value ...}.
 *
 * <p>Counts and lengths are 8 bytes, in version 1 they were 4. Nothing here fails: a description ends where the header stops making sense.
 */
final class GgufHeader {

    private static final String ARCHITECTURE = "general.architecture";
    private static final int VERSION_AT = 4;
    private static final int MAX_PAIRS = 64;
    private static final int MAX_KEY_BYTES = 256;
    private static final int TEXT = 8;

    /** Bytes of a value by its type; 0 for texts and lists. */
    private static final int[] VALUE_BYTES = {1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8};

    private final ModelBytes file;
    private final int lengthBytes;
    private long at = VERSION_AT + Integer.BYTES;

    private GgufHeader(ModelBytes file, int version) {
        this.file = file;
        this.lengthBytes = version == 1 ? Integer.BYTES : Long.BYTES;
    }

    /** What kind of GGUF file it is, with version and architecture if it tells them. */
    static String describe(ModelBytes file) throws IOException {
        try {
            int version = file.read(VERSION_AT, Integer.BYTES, "version").getInt();
            if ((version & 0xffff) == 0) {
                return "a GGUF file, big-endian, version " + Integer.reverseBytes(version);
            }
            var architecture = new GgufHeader(file, version).architecture();
            return "a GGUF file, version " + Integer.toUnsignedString(version)
                    + (architecture.isEmpty() ? "" : ", architecture " + architecture);
        } catch (ModelFormatException e) {
            return "a GGUF file";
        }
    }

    /** Empty if it is not among the first pairs. */
    private String architecture() throws IOException {
        try {
            at += lengthBytes;
            long pairs = length();
            for (int i = 0; i < Math.min(pairs, MAX_PAIRS); i++) {
                boolean isWanted = text().equals(ARCHITECTURE);
                int type = file.read(at, Integer.BYTES, "type").getInt();
                at += Integer.BYTES;
                if (isWanted) {
                    return type == TEXT ? text() : "";
                }
                if (!skip(type)) {
                    return "";
                }
            }
        } catch (ModelFormatException e) {
            // The header ends early, or lies about a length.
        }
        return "";
    }

    /** Passes over a value; returns false for lists and for types that are not known. */
    private boolean skip(int type) throws IOException {
        if (type < 0 || type >= VALUE_BYTES.length || type != TEXT && VALUE_BYTES[type] == 0) {
            return false;
        }
        long bytes = type == TEXT ? length() : VALUE_BYTES[type];
        at += bytes;
        return at >= 0;
    }

    private String text() throws IOException {
        long bytes = length();
        if (bytes < 0 || bytes > MAX_KEY_BYTES) {
            throw ModelFormatException.malformed("text at byte " + at + ": expected at most " + MAX_KEY_BYTES
                    + " bytes, got " + Long.toUnsignedString(bytes));
        }
        var text = StandardCharsets.UTF_8
                .decode(file.read(at, (int) bytes, "text"))
                .toString();
        at += bytes;
        return text;
    }

    private long length() throws IOException {
        var bytes = file.read(at, lengthBytes, "length");
        at += lengthBytes;
        return lengthBytes == Long.BYTES ? bytes.getLong() : bytes.getInt() & 0xffffffffL;
    }
}

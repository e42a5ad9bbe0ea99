package io.weighbridge.matcher;

import io.weighbridge.hash.PerceptualCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Keys of the substring index. Ordered as unsigned bytes, so that what one look-up or one scan must read lies side by side:
 *
 * <pre>
 * 'E' | place key, ASCII, such as pri@3/03/0 | 0 | side 'P' or 'U' | substring, 8 bytes, big-endian | code, bits / 8 bytes | identity
 * 'L'                              the plans by which the entries are laid out
 * </pre>
 *
 * The substring is 0 in a plan that scans. The identity is the protected model's id in UTF-8, or the length of the upload's id in
 * 4 bytes, that id, and the path, both in UTF-8.
 */
final class EntryKey {

    /** Where the plans are noted by which the entries are laid out. Not to be changed. */
    static final byte[] LAYOUT = {'L'};

    private static final byte ENTRY = 'E';

    private EntryKey() {}

    /** The key of an entry. */
    static byte[] of(IndexEntry entry, long substring) {
        byte[] start = substring(entry.placeKey(), entry.side(), substring);
        byte[] code = entry.code().toBytes();
        byte[] identity = entry.identity();
        return ByteBuffer.allocate(start.length + code.length + identity.length)
                .put(start)
                .put(code)
                .put(identity)
                .array();
    }

    /** What the keys of all entries of a side at a place begin with. */
    static byte[] side(String placeKey, Side side) {
        return ByteBuffer.allocate(placeKey.length() + 3)
                .put(ENTRY)
                .put(placeKey.getBytes(StandardCharsets.US_ASCII))
                .put((byte) 0)
                .put(side.id())
                .array();
    }

    /** What the keys of all entries of a side with one substring at a place begin with. */
    static byte[] substring(String placeKey, Side side, long substring) {
        byte[] start = side(placeKey, side);
        return ByteBuffer.allocate(start.length + Long.BYTES)
                .put(start)
                .putLong(substring)
                .array();
    }

    /** In how many bits the code in a key differs from another. */
    static int distanceBits(byte[] key, String placeKey, PerceptualCode code) {
        var words = ByteBuffer.wrap(key);
        int offset = placeKey.length() + 3 + Long.BYTES;
        int distance = 0;
        for (int word = 0; word < code.bits() / Long.SIZE; word++) {
            distance += Long.bitCount(words.getLong(offset + word * Long.BYTES) ^ code.word(word));
        }
        return distance;
    }
}

package io.weighbridge.hash;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A fixed-length binary code and the algorithm that made it. Immutable.
 *
 * <p>Bit 0 is the highest bit of word 0, and so of the first byte and the first hexadecimal digit.
 */
public final class PerceptualCode {

    private final AlgorithmId algorithm;
    private final long[] words;

    private PerceptualCode(AlgorithmId algorithm, long[] words) {
        if (words.length == 0) {
            throw new IllegalArgumentException("code " + algorithm + ": expected at least 64 bits, got none");
        }
        this.algorithm = algorithm;
        this.words = words;
    }

    /** A code of {@code 64 * words.length} bits. */
    public static PerceptualCode of(AlgorithmId algorithm, long... words) {
        return new PerceptualCode(algorithm, words.clone());
    }

    /** Reads the form that {@link #toBytes()} writes: a multiple of 8 bytes, at least 8. */
    public static PerceptualCode fromBytes(AlgorithmId algorithm, byte[] bytes) {
        if (bytes.length == 0 || bytes.length % Long.BYTES != 0) {
            throw new IllegalArgumentException(
                    "code " + algorithm + ": expected a multiple of 8 bytes, got " + bytes.length);
        }
        var words = new long[bytes.length / Long.BYTES];
        ByteBuffer.wrap(bytes).asLongBuffer().get(words);
        return new PerceptualCode(algorithm, words);
    }

    /** Reads the form that {@link #hex()} writes. */
    public static PerceptualCode fromHex(AlgorithmId algorithm, String hex) {
        return fromBytes(algorithm, HexFormat.of().parseHex(hex));
    }

    public AlgorithmId algorithm() {
        return algorithm;
    }

    /** Length in bits, a multiple of 64. */
    public int bits() {
        return words.length * Long.SIZE;
    }

    /** Bits {@code 64 * index} to {@code 64 * index + 63}, the first of them highest. */
    public long word(int index) {
        return words[index];
    }

    /** The Hamming distance: in how many bits the two codes differ, 0 to {@link #bits()}. */
    public int distanceBits(PerceptualCode other) {
        if (!algorithm.equals(other.algorithm) || words.length != other.words.length) {
            throw new IllegalArgumentException("codes are not comparable: " + algorithm + " of " + bits() + " bits and "
                    + other.algorithm + " of " + other.bits() + " bits");
        }
        int distance = 0;
        for (int i = 0; i < words.length; i++) {
            distance += Long.bitCount(words[i] ^ other.words[i]);
        }
        return distance;
    }

    /** The words, big-endian: {@code bits() / 8} bytes. */
    public byte[] toBytes() {
        var bytes = ByteBuffer.allocate(words.length * Long.BYTES);
        bytes.asLongBuffer().put(words);
        return bytes.array();
    }

    /** Lower-case hexadecimal, {@code bits() / 4} digits. */
    public String hex() {
        return HexFormat.of().formatHex(toBytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PerceptualCode code
                && algorithm.equals(code.algorithm)
                && Arrays.equals(words, code.words);
    }

    @Override
    public int hashCode() {
        return 31 * algorithm.hashCode() + Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        return algorithm + ":" + hex();
    }
}

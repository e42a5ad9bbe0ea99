package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** CRC-32C as LevelDB stores it: turned by 15 bits and moved, as a checksum of data that holds its own checksum says little. */
final class MaskedCrc {

    private static final int DELTA = 0xa282ead8;

    private final CRC32C crc = new CRC32C();

    /** Takes all that remains of {@code bytes}. */
    MaskedCrc update(ByteBuffer bytes) {
        crc.update(bytes);
        return this;
    }

    MaskedCrc update(int oneByte) {
        crc.update(oneByte);
        return this;
    }

    void expect(int stored, String subject) throws ModelFormatException {
        int value = (int) crc.getValue();
        int masked = (value >>> 15 | value << 17) + DELTA;
        if (masked != stored) {
            throw ModelFormatException.malformed(
                    String.format("%s: expected CRC-32C %08x (masked), got %08x", subject, stored, masked));
        }
    }
}

package io.weighbridge.hasher.format.container;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Tar archives for tests, with headers that a well-behaved writer would not write. */
final class TarBytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TarBytes file(String name, byte[] content) {
        return entry(name, '0', content.length, content);
    }

    TarBytes entry(String name, char type, long stated, byte[] content) {
        var header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format("%011o\0", stated));
        header[156] = (byte) type;
        put(header, 257, "ustar\0" + "00");
        return block(withChecksum(header)).block(content);
    }

    /** Content as it is, filled up to a whole block. */
    TarBytes block(byte[] content) {
        out.writeBytes(content);
        out.writeBytes(new byte[-content.length & 511]);
        return this;
    }

    byte[] bytes() {
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(out.toByteArray());
        whole.writeBytes(new byte[1024]);
        return whole.toByteArray();
    }

    byte[] withoutEnd() {
        return out.toByteArray();
    }

    static byte[] withChecksum(byte[] header) {
        put(header, 148, "        ");
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0 ", sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }
}

package io.weighbridge.hasher.format.tensorflow;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/** Writes sorted tables of one block, right or wrong, for tests. */
final class TableBytes {

    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private int type;

    /** An entry whose key shares nothing with the one before. */
    TableBytes entry(String key, byte[] value) {
        var bytes = key.getBytes(StandardCharsets.UTF_8);
        return raw(0, bytes.length, value.length, bytes, value);
    }

    TableBytes raw(int shared, int further, int valueBytes, byte[]... parts) {
        entries.writeBytes(varint(shared));
        entries.writeBytes(varint(further));
        entries.writeBytes(varint(valueBytes));
        for (var part : parts) {
            entries.writeBytes(part);
        }
        return this;
    }

    /** The number that tells how blocks are compressed. */
    TableBytes type(int number) {
        type = number;
        return this;
    }

    byte[] bytes() {
        var block = new ByteArrayOutputStream();
        block.writeBytes(entries.toByteArray());
        block.writeBytes(new byte[] {0, 0, 0, 0, 1, 0, 0, 0});
        return table(block.toByteArray());
    }

    /** A table whose one block has these contents. */
    byte[] table(byte[] contents) {
        var file = new ByteArrayOutputStream();
        var data = block(file, contents, type);
        return table(file, data);
    }

    /** A table with an index of these places. */
    static byte[] table(ByteArrayOutputStream file, byte[]... places) {
        var index = new ByteArrayOutputStream();
        for (int i = 0; i < places.length; i++) {
            index.writeBytes(new byte[] {0, 1, (byte) places[i].length, (byte) (200 + i)});
            index.writeBytes(places[i]);
        }
        index.writeBytes(new byte[] {0, 0, 0, 0, 1, 0, 0, 0});
        var footer = new ByteArrayOutputStream();
        var indexPlace = block(file, index.toByteArray(), 0);
        footer.writeBytes(new byte[] {0, 0});
        footer.writeBytes(indexPlace);
        var end = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
        end.put(footer.toByteArray()).putLong(40, 0xdb4775248b80fb57L);
        file.writeBytes(end.array());
        return file.toByteArray();
    }

    /** Appends a block; returns its place. */
    static byte[] block(ByteArrayOutputStream file, byte[] contents, int type) {
        var place = join(varint(file.size()), varint(contents.length));
        var crc = new CRC32C();
        crc.update(contents);
        crc.update(type);
        file.writeBytes(contents);
        file.write(type);
        file.writeBytes(int32(mask((int) crc.getValue())));
        return place;
    }

    static int mask(int crc) {
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }

    static byte[] varint(long value) {
        var out = new ByteArrayOutputStream();
        long left = value;
        for (; left >>> 7 != 0; left >>>= 7) {
            out.write((int) (left & 0x7f | 0x80));
        }
        out.write((int) left);
        return out.toByteArray();
    }

    static byte[] int32(int value) {
        return ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A protocol buffer's field that is a number. */
    static byte[] number(int field, long value) {
        return join(varint(field << 3), varint(value));
    }

    /** A protocol buffer's field that is a message. */
    static byte[] message(int field, byte[]... fields) {
        var body = join(fields);
        return join(varint(field << 3 | 2), varint(body.length), body);
    }
}

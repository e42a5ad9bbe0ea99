package io.weighbridge.schemas.serde;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.io.Decoder;
import org.apache.avro.util.Utf8;

/**
 * Reads Avro's binary form from bytes that may be hostile. Every length and count is held against the bytes that are left before anything
 * is allocated for it; Avro's own decoder trusts them. Items of arrays and maps must take at least one byte each, which those of all our
 * schemas do.
 */
final class BoundedDecoder extends Decoder {

    private static final int LONGEST_VARINT_BYTES = 10;

    private final ByteBuffer in;

    BoundedDecoder(byte[] bytes, int offset) {
        in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).position(offset);
    }

    /** Index of the next byte to read. */
    int position() {
        return in.position();
    }

    void expectEnd() {
        if (in.hasRemaining()) {
            throw new AvroRuntimeException("expected the end of the record, got " + in.remaining() + " more bytes");
        }
    }

    @Override
    public void readNull() {}

    @Override
    public boolean readBoolean() {
        int value = need(1).get();
        if (value != 0 && value != 1) {
            throw new AvroRuntimeException("boolean: expected 0 or 1, got " + (value & 0xff));
        }
        return value == 1;
    }

    @Override
    public int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw new AvroRuntimeException("int: expected 32 bits, got " + value);
        }
        return (int) value;
    }

    @Override
    public long readLong() {
        long zigzag = 0;
        for (int i = 0; i < LONGEST_VARINT_BYTES; i++) {
            long next = need(1).get();
            zigzag |= (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return (zigzag >>> 1) ^ -(zigzag & 1);
            }
        }
        throw new AvroRuntimeException("number: expected at most " + LONGEST_VARINT_BYTES + " bytes, got more");
    }

    @Override
    public float readFloat() {
        return need(Float.BYTES).getFloat();
    }

    @Override
    public double readDouble() {
        return need(Double.BYTES).getDouble();
    }

    @Override
    public Utf8 readString(Utf8 old) {
        return new Utf8(next(length("string")));
    }

    @Override
    public String readString() {
        return new String(next(length("string")), StandardCharsets.UTF_8);
    }

    @Override
    public void skipString() {
        skip(length("string"));
    }

    @Override
    public ByteBuffer readBytes(ByteBuffer old) {
        return ByteBuffer.wrap(next(length("bytes")));
    }

    @Override
    public void skipBytes() {
        skip(length("bytes"));
    }

    @Override
    public void readFixed(byte[] bytes, int start, int length) {
        need(length).get(bytes, start, length);
    }

    @Override
    public void skipFixed(int length) {
        skip(length);
    }

    @Override
    public int readEnum() {
        return readInt();
    }

    @Override
    public int readIndex() {
        return readInt();
    }

    @Override
    public long readArrayStart() {
        return blockItems();
    }

    @Override
    public long arrayNext() {
        return blockItems();
    }

    @Override
    public long skipArray() {
        return skipBlocks();
    }

    @Override
    public long readMapStart() {
        return blockItems();
    }

    @Override
    public long mapNext() {
        return blockItems();
    }

    @Override
    public long skipMap() {
        return skipBlocks();
    }

    /** Items of the next block; a negative count is followed by the size of the block in bytes. */
    private long blockItems() {
        long count = readLong();
        if (count < 0) {
            length("block");
            count = -count;
        }
        if (count < 0 || count > in.remaining()) {
            throw new AvroRuntimeException(
                    "items: expected at most " + in.remaining() + ", one for each byte left, got " + count);
        }
        return count;
    }

    /** Skips blocks that state their size; items of the first block that does not, 0 at the end. */
    private long skipBlocks() {
        long count = readLong();
        while (count < 0) {
            skip(length("block"));
            count = readLong();
        }
        if (count > in.remaining()) {
            throw new AvroRuntimeException("items: expected at most " + in.remaining() + ", got " + count);
        }
        return count;
    }

    private int length(String what) {
        long length = readLong();
        if (length < 0 || length > in.remaining()) {
            throw new AvroRuntimeException(
                    "length of " + what + ": expected 0 to " + in.remaining() + ", the bytes left, got " + length);
        }
        return (int) length;
    }

    private byte[] next(int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private void skip(int length) {
        need(length).position(in.position() + length);
    }

    private ByteBuffer need(int bytes) {
        if (in.remaining() < bytes) {
            throw new AvroRuntimeException("expected " + bytes + " more bytes, got " + in.remaining());
        }
        return in;
    }
}

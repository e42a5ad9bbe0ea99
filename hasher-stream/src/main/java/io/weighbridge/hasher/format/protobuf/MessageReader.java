package io.weighbridge.hasher.format.protobuf;

import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Walks the fields of one protocol buffer message. Long values are passed over, never loaded. */
public final class MessageReader {

    public static final int VARINT = 0;
    public static final int FIXED64 = 1;
    public static final int LENGTH = 2;
    public static final int FIXED32 = 5;

    private static final int MAX_VARINT_BYTES = 10;
    private static final int MAX_TEXT_BYTES = 1 << 16;

    private final ByteWindow window;
    private final long end;
    private long position;
    private long fieldAt;
    private int field;
    private int wireType;

    public MessageReader(ByteWindow window, Span message) {
        this.window = window;
        this.position = message.offset();
        this.end = message.end();
    }

    /** Goes to the next field; its value must then be taken or skipped. Returns false at the end of the message. */
    public boolean next() throws IOException {
        if (position == end) {
            return false;
        }
        fieldAt = position;
        long tag = varint();
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw malformed("expected a field, got tag " + Long.toUnsignedString(tag));
        }
        return true;
    }

    /** Whether bytes are left: for runs of packed numbers, which have no fields. */
    public boolean hasMore() {
        return position < end;
    }

    public long position() {
        return position;
    }

    public int field() {
        return field;
    }

    public int wireType() {
        return wireType;
    }

    public boolean is(int expectedField, int expectedType) {
        return field == expectedField && wireType == expectedType;
    }

    public long varint() throws IOException {
        long value = 0;
        for (int i = 0; i < MAX_VARINT_BYTES; i++) {
            if (position == end) {
                throw malformed("the message ends in the middle of a number");
            }
            int next = window.at(position++);
            value |= (long) (next & 0x7f) << 7 * i;
            if (next < 0x80) {
                return value;
            }
        }
        throw malformed("expected a number of at most 10 bytes");
    }

    /** The place of a length-delimited value. */
    public Span span() throws IOException {
        return pass(varint());
    }

    /** The place of a fixed-size value. */
    public Span fixed() throws IOException {
        return pass(wireType == FIXED32 ? Integer.BYTES : Long.BYTES);
    }

    public MessageReader message() throws IOException {
        return new MessageReader(window, span());
    }

    /** A name; longer than 64 KiB is malformed. */
    public String text() throws IOException {
        var span = span();
        if (span.length() > MAX_TEXT_BYTES) {
            throw malformed("expected a name of at most " + MAX_TEXT_BYTES + " bytes, got " + span.length());
        }
        var bytes = new byte[(int) span.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) window.at(span.offset() + i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    public void skip() throws IOException {
        switch (wireType) {
            case VARINT -> varint();
            case LENGTH -> span();
            case FIXED32, FIXED64 -> fixed();
            default -> throw malformed("wire type " + wireType + " of field " + field + " is unknown");
        }
    }

    private Span pass(long length) throws ModelFormatException {
        if (length < 0 || length > end - position) {
            throw malformed("expected " + Long.toUnsignedString(length) + " bytes for field " + field
                    + ", the message ends after " + (end - position));
        }
        var span = new Span(position, length);
        position += length;
        return span;
    }

    private ModelFormatException malformed(String message) {
        return ModelFormatException.malformed("protocol buffer at byte " + fieldAt + ": " + message);
    }
}

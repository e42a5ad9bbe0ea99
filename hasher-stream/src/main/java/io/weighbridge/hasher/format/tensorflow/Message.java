package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Walks the fields of one protocol buffer message that is in memory. */
final class Message {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH = 2;
    private static final int FIXED32 = 5;

    private final ByteBuffer in;
    private final String subject;
    private int field;
    private int wireType;

    /** @param subject of error messages */
    Message(ByteBuffer in, String subject) {
        this.in = in.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.subject = subject;
    }

    /** Goes to the next field; its value must then be taken or skipped. Returns false at the end of the message. */
    boolean next() throws ModelFormatException {
        if (!in.hasRemaining()) {
            return false;
        }
        long tag = Varint.read(in, subject);
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        if (tag >>> 32 != 0 || field == 0) {
            throw malformed("expected a field, got tag " + Long.toUnsignedString(tag));
        }
        return true;
    }

    int field() {
        return field;
    }

    long number() throws ModelFormatException {
        expect(VARINT);
        return Varint.read(in, subject);
    }

    int fixed32() throws ModelFormatException {
        expect(FIXED32);
        return pass(Integer.BYTES).getInt();
    }

    Message message() throws ModelFormatException {
        expect(LENGTH);
        return new Message(pass(Varint.read(in, subject)), subject);
    }

    String text() throws ModelFormatException {
        expect(LENGTH);
        return StandardCharsets.UTF_8.decode(pass(Varint.read(in, subject))).toString();
    }

    void skip() throws ModelFormatException {
        switch (wireType) {
            case VARINT -> Varint.read(in, subject);
            case FIXED64 -> pass(Long.BYTES);
            case LENGTH -> pass(Varint.read(in, subject));
            case FIXED32 -> pass(Integer.BYTES);
            default -> throw malformed("wire type " + wireType + " of field " + field + " is unknown");
        }
    }

    private void expect(int type) throws ModelFormatException {
        if (wireType != type) {
            throw malformed("field " + field + ": expected wire type " + type + ", got " + wireType);
        }
    }

    private ByteBuffer pass(long length) throws ModelFormatException {
        if (length < 0 || length > in.remaining()) {
            throw malformed("field " + field + ": expected at most " + in.remaining() + " bytes, got "
                    + Long.toUnsignedString(length));
        }
        var value = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + (int) length);
        return value;
    }

    private ModelFormatException malformed(String message) {
        return ModelFormatException.malformed(subject + ": " + message);
    }
}

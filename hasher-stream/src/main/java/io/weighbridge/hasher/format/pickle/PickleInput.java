package io.weighbridge.hasher.format.pickle;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The bytes of pickles that follow each other, taken from the front. Only a window of them is held; long values stay where they are. */
public final class PickleInput {

    private static final int WINDOW_BYTES = 1 << 14;

    /** Longer integers are not numbers of a model; parsing decimal ones takes quadratic time. */
    private static final int MAX_DIGITS = 40;

    private static final int MAX_INTEGER_BYTES = 16;

    /** Longer text is no name. */
    private static final int MAX_HELD_TEXT = 1 << 12;

    private final ByteRange source;
    private final String subject;
    private final PickleRun run;
    private final ByteBuffer window;
    private long windowAt;
    private long opcodeAt;

    /** @param subject what positions are counted in, for messages: {@code the pickle}, {@code the file} */
    public PickleInput(ByteRange source, String subject, PickleRun run) {
        this.source = source;
        this.subject = subject;
        this.run = run;
        this.window = ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, source.sizeBytes()))
                .order(ByteOrder.LITTLE_ENDIAN);
        this.window.limit(0);
    }

    public PickleRun run() {
        return run;
    }

    public ByteRange source() {
        return source;
    }

    public long position() {
        return windowAt + window.position();
    }

    int opcode() throws IOException {
        opcodeAt = position();
        return u8();
    }

    /** Where the current opcode is, for messages. */
    public String where() {
        return " at byte " + opcodeAt + " of " + subject;
    }

    public ModelFormatException malformed(String message) {
        return ModelFormatException.malformed(message + where());
    }

    /** Fails if anything follows: what a reader does not look at could be anything. */
    public void expectEnd() throws ModelFormatException {
        if (position() != source.sizeBytes()) {
            throw ModelFormatException.malformed("expected the end at byte " + position() + " of " + subject + ", got "
                    + (source.sizeBytes() - position()) + " more bytes");
        }
    }

    int u8() throws IOException {
        need(1);
        return window.get() & 0xff;
    }

    int u16() throws IOException {
        need(2);
        return window.getShort() & 0xffff;
    }

    public int i32() throws IOException {
        need(4);
        return window.getInt();
    }

    long u32() throws IOException {
        return Integer.toUnsignedLong(i32());
    }

    public long i64() throws IOException {
        need(8);
        return window.getLong();
    }

    /** Big-endian, unlike all others. */
    double float64() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(i64()));
    }

    /** A string, or a {@link PyText} if it is long. */
    Object text(long length, TextCoding coding) throws IOException {
        return text(take(length), coding);
    }

    /** The bytes that follow, left where they are. */
    public ByteRange take(long length) throws ModelFormatException {
        long left = source.sizeBytes() - position();
        if (length < 0 || length > left) {
            throw malformed("expected " + length + " bytes, " + subject + " has " + left + " more,");
        }
        var taken = new Slice(source, position(), length);
        moveTo(position() + length);
        return taken;
    }

    /** Little-endian two's complement of any length: a long if it fits, a big integer if that is short, else only its presence. */
    Object integer(long length) throws IOException {
        var taken = take(length);
        if (length > MAX_INTEGER_BYTES) {
            return Opaque.VALUE;
        }
        var bytes = new byte[(int) length + 1];
        taken.readInto(ByteBuffer.wrap(bytes, 1, (int) length), 0, "integer");
        for (int i = 1, j = (int) length; i < j; i++, j--) {
            byte low = bytes[i];
            bytes[i] = bytes[j];
            bytes[j] = low;
        }
        bytes[0] = (byte) (length > 0 && bytes[1] < 0 ? -1 : 0);
        return number(new BigInteger(bytes));
    }

    /** The text of a line, as {@link #text}. */
    Object lineOfText(TextCoding coding) throws IOException {
        return text(lineBytes(), coding);
    }

    /** The text of a line that is in quotes, if it is. */
    Object lineOfQuotedText() throws IOException {
        var line = lineBytes();
        var quotes = ByteBuffer.allocate(1);
        if (line.sizeBytes() >= 2) {
            line.readInto(quotes, 0, "quote");
        }
        boolean isQuoted = quotes.get(0) == '\'' || quotes.get(0) == '"';
        return text(isQuoted ? new Slice(line, 1, line.sizeBytes() - 2) : line, TextCoding.STRING_ESCAPE);
    }

    /** A name or number, up to the next line feed, which is taken too. */
    String line() throws IOException {
        var line = lineBytes();
        if (line.sizeBytes() > MAX_HELD_TEXT) {
            throw malformed("expected a line of at most " + MAX_HELD_TEXT + " bytes, got " + line.sizeBytes());
        }
        return (String) text(line, TextCoding.UTF8);
    }

    /** The decimal integer of a line, with the suffixes of Python 2. */
    Object decimal() throws IOException {
        var text = line();
        if (text.equals("00") || text.equals("01")) {
            return text.equals("01");
        }
        var digits = text.endsWith("L") ? text.substring(0, text.length() - 1) : text;
        if (digits.length() > MAX_DIGITS) {
            return Opaque.VALUE;
        }
        try {
            return number(new BigInteger(digits));
        } catch (NumberFormatException e) {
            throw malformed("expected an integer, got " + text);
        }
    }

    private static Object number(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    private Object text(ByteRange bytes, TextCoding coding) throws IOException {
        if (bytes.sizeBytes() > MAX_HELD_TEXT) {
            return new PyText(bytes, coding);
        }
        run.hold(bytes.sizeBytes());
        var held = ByteBuffer.allocate((int) bytes.sizeBytes());
        bytes.readInto(held, 0, "text of a pickle");
        held.flip();
        return switch (coding) {
            case LATIN1 -> StandardCharsets.ISO_8859_1.decode(held).toString();
            case UTF8 -> StandardCharsets.UTF_8.decode(held).toString();
            default -> unescaped(new ByteCursor(new MemoryRange(held.array()), 0), coding);
        };
    }

    private static String unescaped(ByteCursor in, TextCoding coding) throws IOException {
        var text = new StringBuilder();
        while (!in.isAtEnd()) {
            int character = coding.next(in);
            text.appendCodePoint(Character.isValidCodePoint(character) ? character : 0xfffd);
        }
        return text.toString();
    }

    /** Everything up to the next line feed, which is taken too. */
    private ByteRange lineBytes() throws IOException {
        long start = position();
        while (u8() != '\n') {}
        long end = position();
        return new Slice(source, start, end - 1 - start);
    }

    /** Makes the next bytes be read from another place. */
    void moveTo(long position) {
        if (position >= windowAt && position <= windowAt + window.limit()) {
            window.position((int) (position - windowAt));
        } else {
            windowAt = position;
            window.position(0).limit(0);
        }
    }

    private void need(int length) throws IOException {
        if (window.remaining() >= length) {
            return;
        }
        windowAt = position();
        window.clear().limit((int) Math.min(window.capacity(), source.sizeBytes() - windowAt));
        source.readInto(window, windowAt, subject);
        window.flip();
        if (window.remaining() < length) {
            throw malformed("the pickle ends in the middle");
        }
    }
}

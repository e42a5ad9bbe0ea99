package io.weighbridge.hasher.format.numpy;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the header of an array states. Only the literal that NumPy writes is understood; nothing is evaluated. */
final class NpyHeader {

    private static final int MAX_RANK = 64;
    private static final Pattern SCALAR = Pattern.compile("([<>|=]?)([a-zA-Z])(\\d{0,9})(\\[.*])?", Pattern.DOTALL);

    private final String text;
    private final long startAt;
    private int position;

    private String descr;
    private Boolean isFortranOrder;
    private long[] shape;
    private ElementType type;
    private long itemBytes;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

    /**
     * Reads the literal.
     *
     * @param startAt byte offset of the header, for messages
     */
    NpyHeader(String text, long startAt) throws ModelFormatException {
        this.text = text;
        this.startAt = startAt;
        readDictionary();
        if (descr == null || isFortranOrder == null || shape == null) {
            throw ModelFormatException.malformed(
                    "header at byte " + startAt + ": expected the keys descr, fortran_order and shape");
        }
        readType();
    }

    /** Not to be changed. */
    long[] shape() {
        return shape;
    }

    boolean isFortranOrder() {
        return isFortranOrder;
    }

    /** That of floating-point numbers; empty for all that can be no weights. */
    Optional<ElementType> type() {
        return Optional.ofNullable(type);
    }

    long itemBytes() {
        return itemBytes;
    }

    ByteOrder order() {
        return order;
    }

    private void readDictionary() throws ModelFormatException {
        expect('{');
        while (!accept('}')) {
            var key = string("a key");
            expect(':');
            readValue(key);
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        skipSpace();
        if (position < text.length()) {
            throw unexpected("the end");
        }
    }

    private void readValue(String key) throws ModelFormatException {
        boolean isRepeated = switch (key) {
            case "descr" -> descr != null;
            case "fortran_order" -> isFortranOrder != null;
            case "shape" -> shape != null;
            default -> true;
        };
        if (isRepeated) {
            throw unexpected("each of descr, fortran_order and shape once, not " + key);
        }
        switch (key) {
            case "descr" -> descr = readDescr();
            case "fortran_order" -> isFortranOrder = bool();
            default -> shape = tuple();
        }
    }

    private String readDescr() throws ModelFormatException {
        skipSpace();
        if (position < text.length() && (text.charAt(position) == '[' || text.charAt(position) == '(')) {
            throw ModelFormatException.unsupported("a structured array; records are not read");
        }
        return string("a type");
    }

    /** The type by its letter, of NumPy's array interface: f2, f4 and f8 can be weights. */
    private void readType() throws ModelFormatException {
        var matcher = SCALAR.matcher(descr);
        if (!matcher.matches()) {
            throw ModelFormatException.malformed("descr: expected a type such as <f4, got '" + descr + "'");
        }
        order = matcher.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        long size = matcher.group(3).isEmpty() ? 0 : Long.parseLong(matcher.group(3));
        switch (matcher.group(2)) {
            case "f" -> readFloat(size);
            case "b", "i", "u", "c", "m", "M", "S", "a" -> itemBytes = size;
            case "U" -> itemBytes = size * Integer.BYTES;
            case "O" ->
                throw ModelFormatException.unsupported("an array of Python objects, pickled; pickles are never loaded");
            case "V" ->
                throw ModelFormatException.unsupported("type " + descr + ": raw bytes of a type that is not named");
            default -> throw ModelFormatException.unsupported("type " + descr + " is not read");
        }
    }

    private void readFloat(long size) throws ModelFormatException {
        itemBytes = size;
        type = switch ((int) size) {
            case 2 -> ElementType.F16;
            case 4 -> ElementType.F32;
            case 8 -> ElementType.F64;
            default -> throw ModelFormatException.unsupported("type " + descr + " is not read");
        };
    }

    private String string(String what) throws ModelFormatException {
        skipSpace();
        char quote = position < text.length() ? text.charAt(position) : ' ';
        int end = quote == '\'' || quote == '"' ? text.indexOf(quote, position + 1) : -1;
        if (end < 0) {
            throw unexpected(what + " in quotes");
        }
        var value = text.substring(position + 1, end);
        position = end + 1;
        return value;
    }

    private boolean bool() throws ModelFormatException {
        skipSpace();
        for (var word : new String[] {"True", "False"}) {
            if (text.startsWith(word, position)) {
                position += word.length();
                return word.equals("True");
            }
        }
        throw unexpected("True or False");
    }

    /** Sizes in brackets; Python 2 wrote an L behind long ones. */
    private long[] tuple() throws ModelFormatException {
        var sizes = new long[MAX_RANK];
        int rank = 0;
        expect('(');
        while (!accept(')')) {
            if (rank == MAX_RANK) {
                throw unexpected("at most " + MAX_RANK + " axes");
            }
            sizes[rank] = number();
            rank++;
            if (!accept(',')) {
                expect(')');
                break;
            }
        }
        return Arrays.copyOf(sizes, rank);
    }

    private long number() throws ModelFormatException {
        skipSpace();
        int from = position;
        while (position < text.length() && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
            position++;
        }
        if (position == from || position - from > 18) {
            throw unexpected("a size of 1 to 18 digits");
        }
        long number = Long.parseLong(text, from, position, 10);
        accept('L');
        return number;
    }

    private boolean accept(char wanted) {
        skipSpace();
        if (position < text.length() && text.charAt(position) == wanted) {
            position++;
            return true;
        }
        return false;
    }

    private void expect(char wanted) throws ModelFormatException {
        if (!accept(wanted)) {
            throw unexpected("" + wanted);
        }
    }

    private void skipSpace() {
        while (position < text.length() && (text.charAt(position) == ' ' || text.charAt(position) == '\n')) {
            position++;
        }
    }

    private ModelFormatException unexpected(String wanted) {
        var got = position < text.length()
                ? "'" + text.substring(position, Math.min(position + 16, text.length())) + "'"
                : "the end";
        return ModelFormatException.malformed(
                "header at byte " + (startAt + position) + ": expected " + wanted + ", got " + got);
    }
}

package io.weighbridge.hasher.format.container;

import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.charset.StandardCharsets;

/**
 * An extended header of tar: lines of {@code LENGTH KEY=VALUE\n}, the length that of the whole line in bytes.
 *
 * @param path null if it is not stated
 * @param size -1 if it is not stated
 */
record PaxRecords(String path, long size, boolean isSparse) {

    static final PaxRecords NONE = new PaxRecords(null, -1, false);

    static PaxRecords parse(String text, long at) throws ModelFormatException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var records = NONE;
        int from = 0;
        while (from < bytes.length) {
            int space = from;
            while (space < bytes.length && bytes[space] != ' ') {
                space++;
            }
            long length = number(ascii(bytes, from, space), at);
            if (length <= space - from || length > bytes.length - from) {
                throw ModelFormatException.malformed("tar header at byte " + at + ": a record of " + length
                        + " bytes, expected at most " + (bytes.length - from));
            }
            records = records.with(ascii(bytes, space + 1, from + (int) length), at);
            from += (int) length;
        }
        return records;
    }

    private PaxRecords with(String record, long at) throws ModelFormatException {
        int equals = record.indexOf('=');
        if (equals < 0 || !record.endsWith("\n")) {
            throw ModelFormatException.malformed("tar header at byte " + at + ": expected KEY=VALUE in a record");
        }
        var key = record.substring(0, equals);
        var value = record.substring(equals + 1, record.length() - 1);
        if (key.equals("path")) {
            return new PaxRecords(value, size, isSparse);
        }
        if (key.equals("size")) {
            return new PaxRecords(path, number(value, at), isSparse);
        }
        return key.startsWith("GNU.sparse.") ? new PaxRecords(path, size, true) : this;
    }

    private static String ascii(byte[] bytes, int from, int to) {
        return new String(bytes, from, Math.max(0, to - from), StandardCharsets.UTF_8);
    }

    private static long number(String digits, long at) throws ModelFormatException {
        if (!digits.matches("[0-9]{1,18}")) {
            throw ModelFormatException.malformed("tar header at byte " + at + ": expected a number, got " + digits);
        }
        return Long.parseLong(digits);
    }
}

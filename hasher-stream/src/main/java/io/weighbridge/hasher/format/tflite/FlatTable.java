package io.weighbridge.hasher.format.tflite;

import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A table of a flat buffer: {@code distance back to its list of fields, 4 bytes | fields}. The list is {@code its bytes | bytes of the table | place of
 * each field in the table, 0 if it is left out}, 2 bytes each. Every place is held against the file when it is read.
 */
final class FlatTable {

    private static final int MAX_TEXT_BYTES = 1 << 16;
    private static final int LIST_HEADER_BYTES = 4;

    private final FlatBytes file;
    private final long at;
    private final long listAt;
    private final int listBytes;
    private final String what;

    /** @param what of error messages, such as {@code tensor} */
    FlatTable(FlatBytes file, long at, String what) throws IOException {
        this.file = file;
        this.at = at;
        this.what = what;
        this.listAt = at - file.read(at, Integer.BYTES, what).getInt();
        this.listBytes = file.read(listAt, Short.BYTES, "fields of " + what).getShort() & 0xffff;
        if (listBytes < LIST_HEADER_BYTES || listBytes % 2 != 0) {
            throw ModelFormatException.malformed("fields of " + what + " at byte " + listAt
                    + ": expected an even number of at least 4 bytes, got " + listBytes);
        }
    }

    /** The table whose place is the first number of the file. */
    static FlatTable root(FlatBytes file) throws IOException {
        return new FlatTable(file, file.read(0, Integer.BYTES, "root").getInt() & 0xffffffffL, "model");
    }

    /** Where the table begins. */
    long at() {
        return at;
    }

    boolean has(int field) throws IOException {
        return fieldAt(field) != 0;
    }

    int int8(int field) throws IOException {
        long place = fieldAt(field);
        return place == 0 ? 0 : file.read(place, Byte.BYTES, what).get();
    }

    /** 0 if it is left out. */
    int int32(int field) throws IOException {
        long place = fieldAt(field);
        return place == 0 ? 0 : file.read(place, Integer.BYTES, what).getInt();
    }

    /** 0 if it is left out. */
    long int64(int field) throws IOException {
        long place = fieldAt(field);
        return place == 0 ? 0 : file.read(place, Long.BYTES, what).getLong();
    }

    /** Null if it is left out. */
    FlatTable table(int field, String name) throws IOException {
        long place = fieldAt(field);
        return place == 0 ? null : new FlatTable(file, pointed(file, place, name), name);
    }

    /** Empty if it is left out. */
    FlatVector vector(int field, int elementBytes, String name) throws IOException {
        long place = fieldAt(field);
        return place == 0
                ? FlatVector.empty(file)
                : FlatVector.at(file, pointed(file, place, name), elementBytes, name);
    }

    /** Empty if it is left out; longer than 64 KiB is malformed. */
    String text(int field, String name) throws IOException {
        var bytes = vector(field, Byte.BYTES, name);
        if (bytes.count() > MAX_TEXT_BYTES) {
            throw ModelFormatException.malformed(name + " at byte " + bytes.at() + ": expected at most "
                    + MAX_TEXT_BYTES + " bytes, got " + bytes.count());
        }
        return StandardCharsets.UTF_8
                .decode(file.read(bytes.at(), bytes.count(), name))
                .toString();
    }

    /** Where the distance at {@code place} leads: forwards, counted from there. */
    static long pointed(FlatBytes file, long place, String name) throws IOException {
        return place + (file.read(place, Integer.BYTES, name).getInt() & 0xffffffffL);
    }

    /** 0 if it is left out. */
    private long fieldAt(int field) throws IOException {
        int entry = LIST_HEADER_BYTES + field * Short.BYTES;
        if (entry + Short.BYTES > listBytes) {
            return 0;
        }
        int distance =
                file.read(listAt + entry, Short.BYTES, "fields of " + what).getShort() & 0xffff;
        return distance == 0 ? 0 : at + distance;
    }
}

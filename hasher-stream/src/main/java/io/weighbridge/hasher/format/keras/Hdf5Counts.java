package io.weighbridge.hasher.format.keras;

import io.jhdf.Superblock;
import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Holds the counts in structures of HDF5 to the size of the file, before the library has room made for so many. Structures are told by
 * their signature; layouts are those of the HDF5 File Format Specification, version 3, with offsets of O bytes and lengths of L bytes:
 *
 * <pre>
 * BTHD  6 node size (4) | 10 record size (2) | 16 + O + 2 records (L)
 * FRHP  14 + 10 L + 2 O table width (2) | 20 + 12 L + 3 O rows (2)
 * FAHD  8 entries (L)
 * EAHD  12 secondary blocks (L) | 12 + 4 L entries (L)
 * HEAP  8 data size (L) | 8 + 2 L address of data (O)
 * </pre>
 */
final class Hdf5Counts {

    /** Names overlap in a heap at no cost, so they are bounded by themselves. */
    private static final int MAX_NAME_BYTES = 1024;

    private static final int SIGNATURE_BYTES = 4;

    private final int offsetBytes;
    private final int lengthBytes;
    private final long fileBytes;
    private long namesAt = -1;

    Hdf5Counts(Superblock superblock, long fileBytes) {
        this.offsetBytes = superblock.getSizeOfOffsets();
        this.lengthBytes = superblock.getSizeOfLengths();
        this.fileBytes = fileBytes;
    }

    /** Checks what was read at an address, if it begins with a signature whose counts matter; leaves its position. */
    void check(ByteBuffer bytes, long address) throws ModelFormatException {
        if (bytes.limit() < SIGNATURE_BYTES) {
            return;
        }
        var signature = new byte[SIGNATURE_BYTES];
        bytes.get(0, signature);
        switch (new String(signature, StandardCharsets.ISO_8859_1)) {
            case "BTHD" ->
                atMost(
                        "records of a B-tree",
                        number(bytes, 16 + offsetBytes + 2, lengthBytes),
                        number(bytes, 10, 2),
                        address);
            case "FRHP" -> {
                long width = number(bytes, 14 + 10 * lengthBytes + 2 * offsetBytes, 2);
                long rows = number(bytes, 20 + 12 * lengthBytes + 3 * offsetBytes, 2);
                atMost("blocks of a heap", width * rows, offsetBytes, address);
            }
            case "FAHD" -> atMost("chunks in an array", number(bytes, 8, lengthBytes), offsetBytes, address);
            case "EAHD" -> {
                atMost("blocks of an array", number(bytes, 12, lengthBytes), offsetBytes, address);
                atMost("chunks in an array", number(bytes, 12 + 4 * lengthBytes, lengthBytes), offsetBytes, address);
            }
            case "HEAP" -> namesAt = number(bytes, 8 + 2 * lengthBytes, offsetBytes);
            default -> {
                // no counts
            }
        }
    }

    /** Checks the names of a group, if these are what was read at an address. */
    void checkNames(ByteBuffer bytes, long address) throws ModelFormatException {
        if (address != namesAt) {
            return;
        }
        int start = 0;
        for (int i = 0; i < bytes.limit(); i++) {
            if (bytes.get(i) == 0) {
                start = i + 1;
            } else if (i - start >= MAX_NAME_BYTES) {
                throw ModelFormatException.tooLarge("HDF5: names in a group at byte " + (address + start)
                        + ": expected at most " + MAX_NAME_BYTES + " bytes each");
            }
        }
    }

    private void atMost(String what, long count, long bytesEach, long address) throws ModelFormatException {
        if (count < 0 || count > fileBytes / Math.max(1, bytesEach)) {
            throw ModelFormatException.malformed("HDF5 at address " + address + ": " + Long.toUnsignedString(count)
                    + " " + what + ", more than a file of " + fileBytes + " bytes can hold");
        }
    }

    /** An unsigned number; 0 behind the end, where the library's own reading fails. */
    private static long number(ByteBuffer bytes, int at, int length) {
        long number = 0;
        for (int i = Math.min(length, Long.BYTES) - 1; i >= 0 && at + length <= bytes.limit(); i--) {
            number = number << Byte.SIZE | Byte.toUnsignedLong(bytes.get(at + i));
        }
        return number;
    }
}

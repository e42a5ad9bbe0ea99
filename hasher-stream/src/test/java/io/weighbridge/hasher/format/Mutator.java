package io.weighbridge.hasher.format;

import io.weighbridge.hasher.format.zip.ZipBytes;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Breaks good files in ways that parsers trip over; equal seeds give equal bytes. */
final class Mutator {

    private static final long[] BOUNDARIES = {
        0,
        1,
        -1,
        0x7f,
        0x80,
        0xff,
        0x7fff,
        0x8000,
        0xffff,
        0x7fff_ffff,
        0x8000_0000L,
        0xffff_ffffL,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };
    private static final int HEADER_BYTES = 1024;

    private final List<byte[]> samples;
    private final List<byte[]> zips;

    Mutator(List<byte[]> samples) {
        this.samples = samples;
        zips = samples.stream().filter(Mutator::isPlainZip).toList();
    }

    /** One of the samples with one to four changes. */
    byte[] mutant(Random random) {
        return random.nextInt(4) == 0 && !zips.isEmpty()
                ? mutantInZip(random)
                : mutate(any(random).clone(), random, 4);
    }

    /** Broken content under checksums that are right: without them every change would fail at the first. */
    private byte[] mutantInZip(Random random) {
        var zip = ZipBytes.of(zips.get(random.nextInt(zips.size())));
        var name = zip.names().get(random.nextInt(Math.min(3, zip.names().size())));
        zip.with(name, mutate(zip.content(name).clone(), random, 3));
        return random.nextBoolean() ? zip.bytes() : zip.deflated();
    }

    private byte[] mutate(byte[] whole, Random random, int most) {
        var bytes = whole;
        for (int i = 1 + random.nextInt(most); i > 0 && bytes.length > 0; i--) {
            bytes = mutate(bytes, random);
        }
        return bytes;
    }

    /** Whether it is a zip archive without encryption, which is bit 0 of the flags. */
    private static boolean isPlainZip(byte[] bytes) {
        return bytes.length > 8 && bytes[0] == 'P' && bytes[1] == 'K' && (bytes[6] & 1) == 0;
    }

    private byte[] any(Random random) {
        return samples.get(random.nextInt(samples.size()));
    }

    private byte[] mutate(byte[] bytes, Random random) {
        int at = place(bytes, random);
        return switch (random.nextInt(9)) {
            case 0 -> flip(bytes, at, random);
            case 1 -> Arrays.copyOf(bytes, at);
            case 2 -> splice(bytes, at, random);
            case 3 -> addToNumber(bytes, at, random);
            case 4 -> repeat(bytes, at, random);
            case 5 -> remove(bytes, at, random);
            case 6 -> fill(bytes, at, random);
            case 7 -> digits(bytes, at, random);
            default -> boundary(bytes, at, random);
        };
    }

    /** Beginnings and ends hold headers and directories, so half of all changes are made there. */
    private static int place(byte[] bytes, Random random) {
        int near = random.nextInt(Math.min(bytes.length, HEADER_BYTES));
        return switch (random.nextInt(4)) {
            case 0 -> near;
            case 1 -> bytes.length - 1 - near;
            default -> random.nextInt(bytes.length);
        };
    }

    private static byte[] flip(byte[] bytes, int at, Random random) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    /** The beginning of this file and the end of another, or of itself. */
    private byte[] splice(byte[] bytes, int at, Random random) {
        var other = any(random);
        int from = other.length == 0 ? 0 : random.nextInt(other.length);
        return join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(other, from, other.length));
    }

    /** Offsets, lengths and counts that are a little wrong, in either byte order. */
    private static byte[] addToNumber(byte[] bytes, int at, Random random) {
        int delta = random.nextInt(33) - 16;
        if (at + Integer.BYTES <= bytes.length) {
            var number = ByteBuffer.wrap(bytes).order(order(random));
            number.putInt(at, number.getInt(at) + delta);
        }
        return bytes;
    }

    private static byte[] repeat(byte[] bytes, int at, Random random) {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(600));
        return join(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
    }

    private static byte[] remove(byte[] bytes, int at, Random random) {
        int end = Math.min(bytes.length, at + 1 + random.nextInt(600));
        return join(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, end, bytes.length));
    }

    private static byte[] fill(byte[] bytes, int at, Random random) {
        Arrays.fill(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(16)), (byte) random.nextInt());
        return bytes;
    }

    /** Numbers in JSON, pickles and tar headers. */
    private static byte[] digits(byte[] bytes, int at, Random random) {
        for (int i = at; i < bytes.length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                var number = random.nextBoolean() ? "99999999999999999999" : String.valueOf(random.nextInt(100));
                var grown = random.nextBoolean() ? number : "-" + number;
                return join(
                        join(Arrays.copyOf(bytes, i), grown.getBytes(StandardCharsets.US_ASCII)),
                        Arrays.copyOfRange(bytes, i + 1, bytes.length));
            }
        }
        return bytes;
    }

    private static byte[] boundary(byte[] bytes, int at, Random random) {
        long value = BOUNDARIES[random.nextInt(BOUNDARIES.length)];
        int width = 1 << random.nextInt(4);
        boolean isLittle = random.nextBoolean();
        var order = isLittle ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        var number = ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).array();
        int from = number.length - width;
        for (int i = 0; i < width && at + i < bytes.length; i++) {
            bytes[at + i] = number[isLittle ? i : from + i];
        }
        return bytes;
    }

    private static ByteOrder order(Random random) {
        return random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    private static byte[] join(byte[] first, byte[] second) {
        var joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}

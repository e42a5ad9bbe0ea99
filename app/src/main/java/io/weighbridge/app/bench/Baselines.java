package io.weighbridge.app.bench;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** What hashing is compared with: reading the weights and doing next to nothing, and the usual digest of their bytes. */
final class Baselines {

    /** Written so that the compiler cannot leave the work out. */
    private volatile long result;

    private final List<MemoryLayer> layers;

    Baselines(List<MemoryLayer> layers) {
        this.layers = layers;
    }

    Contender plainRead() {
        return Contender.of(HashFigures.PLAIN_READ, () -> {
            for (var layer : layers) {
                result = sumOfBits(layer.values());
            }
        });
    }

    /** Only the digest is timed, not the conversion of weights to bytes. */
    Contender sha256() {
        return new Contender(HashFigures.SHA_256, () -> {
            var digest = newDigest();
            long[] nanos = new long[1];
            WeightBytes.forEachChunk(layers, chunk -> {
                long start = System.nanoTime();
                digest.update(chunk);
                nanos[0] += System.nanoTime() - start;
            });
            result = digest.digest()[0];
            return nanos[0];
        });
    }

    /** Eight sums at a time, so that none waits for another. */
    private static int sumOfBits(float[] x) {
        int a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
        int i = 0;
        for (; i < x.length - 7; i += 8) {
            a += Float.floatToRawIntBits(x[i]);
            b += Float.floatToRawIntBits(x[i + 1]);
            c += Float.floatToRawIntBits(x[i + 2]);
            d += Float.floatToRawIntBits(x[i + 3]);
            e += Float.floatToRawIntBits(x[i + 4]);
            f += Float.floatToRawIntBits(x[i + 5]);
            g += Float.floatToRawIntBits(x[i + 6]);
            h += Float.floatToRawIntBits(x[i + 7]);
        }
        for (; i < x.length; i++) {
            a += Float.floatToRawIntBits(x[i]);
        }
        return a + b + c + d + e + f + g + h;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

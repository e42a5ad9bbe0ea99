package io.weighbridge.hash.search;

import java.nio.charset.StandardCharsets;

/**
 * Deals ids evenly to shares, the same way on every machine and in every version: FNV-1a of 64 bits over the UTF-8 bytes, then the
 * finaliser of MurmurHash3 (fmix64), because the low bits of FNV alone are weak.
 *
 * <p>Part of the stored layout: changing it moves codes to other places.
 */
public final class ShareHash {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private ShareHash() {}

    /** 64 well-mixed bits of an id. */
    public static long of(String id) {
        long hash = FNV_OFFSET;
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
        hash = (hash ^ (hash >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return hash ^ (hash >>> 33);
    }

    /** The share of an id, 0 to {@code shares}, exclusive. */
    public static int share(String id, int shares) {
        return (int) Long.remainderUnsigned(of(id), shares);
    }
}

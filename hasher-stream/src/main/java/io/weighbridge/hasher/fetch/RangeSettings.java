package io.weighbridge.hasher.fetch;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.util.List;

/**
 * When files are read over the network in stretches, without a copy on this machine.
 *
 * @param maxSpooledBytes a larger file is read in stretches if its host allows that, and else is too large
 * @param chunkBytes length of a stretch
 * @param cacheBytes most bytes of stretches of one file in memory; two stretches at least
 */
public record RangeSettings(long maxSpooledBytes, int chunkBytes, long cacheBytes) {

    private static final int DEFAULT_CHUNK_BYTES = 4 << 20;
    private static final int MAX_CHUNK_BYTES = 1 << 30;
    private static final long DEFAULT_CACHE_BYTES = 32L << 20;

    static final List<Setting> SETTINGS = List.of(
            Setting.computed(FetchSettings.SPOOL_MAX_BYTES, FetchSettings.MAX_BYTES),
            Setting.of(FetchSettings.RANGE_CHUNK_BYTES, DEFAULT_CHUNK_BYTES),
            Setting.of(FetchSettings.RANGE_CACHE_BYTES, DEFAULT_CACHE_BYTES));

    static RangeSettings from(Settings settings, long maxBytes) {
        return new RangeSettings(
                settings.bytes(FetchSettings.SPOOL_MAX_BYTES, maxBytes),
                chunk(settings),
                settings.bytes(FetchSettings.RANGE_CACHE_BYTES, DEFAULT_CACHE_BYTES));
    }

    private static int chunk(Settings settings) {
        long bytes = settings.bytes(FetchSettings.RANGE_CHUNK_BYTES, DEFAULT_CHUNK_BYTES);
        if (bytes < 1 || bytes > MAX_CHUNK_BYTES) {
            settings.problem(FetchSettings.RANGE_CHUNK_BYTES, "expected 1 to " + MAX_CHUNK_BYTES + ", got " + bytes);
            return DEFAULT_CHUNK_BYTES;
        }
        return (int) bytes;
    }

    /** Whether a file may be larger than the spool takes. */
    boolean isOn(long maxBytes) {
        return maxSpooledBytes < maxBytes;
    }
}

package io.weighbridge.matcher.store;

import io.weighbridge.hash.search.SearchMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.Bytes;

/**
 * Keys of the durable part:
 *
 * <pre>
 * region: length of the place, 1 byte | place, ASCII | mode 'I' or 'S' | side 'U', 'P' or 'B'
 *
 * 'E' | region | slot, 4 bytes, big-endian                                                an entry
 * 'J' | region | identity, 16 bytes                                                       its pending search
 * 'F' | region | identity, 16 bytes                                                       how often it matched
 * 'T' | time in milliseconds, 8 bytes, big-endian | 'I' region identity, or a key of details   what to forget when
 * 'L'                                                                                     the plans
 * </pre>
 *
 * Entries lie in the order of their slots, so that building a region from them writes memory in order.
 */
final class StoreKeys {

    static final byte ENTRY = 'E';
    static final byte PENDING = 'J';
    static final byte FLOOD = 'F';
    static final byte TIME = 'T';

    /** Names an entry behind a time. */
    static final byte IDENTITY = 'I';

    /** Where the plans are noted by which the entries are laid out. Not to be changed. */
    static final Bytes LAYOUT = Bytes.wrap(new byte[] {'L'});

    private static final byte INDEX = 'I';
    private static final byte SCAN = 'S';

    private StoreKeys() {}

    /** @param kind {@link #PENDING}, {@link #FLOOD} or {@link #IDENTITY} */
    static Bytes of(byte kind, RegionKey region, Identity identity) {
        return Bytes.wrap(start(kind, region, Identity.BYTES)
                .putLong(identity.high())
                .putLong(identity.low())
                .array());
    }

    static Bytes entry(RegionKey region, int slot) {
        return Bytes.wrap(start(ENTRY, region, Integer.BYTES).putInt(slot).array());
    }

    private static ByteBuffer start(byte kind, RegionKey region, int rest) {
        byte[] place = region.place().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(4 + place.length + rest)
                .put(kind)
                .put((byte) place.length)
                .put(place)
                .put(region.mode() == SearchMode.INDEX ? INDEX : SCAN)
                .put(region.side().id());
    }

    /** Whether the keys of two entries begin with the same region. */
    static boolean isSameRegion(byte[] entry, byte[] other) {
        int end = entry.length - Integer.BYTES;
        return entry.length == other.length && Arrays.equals(entry, 0, end, other, 0, end);
    }

    static int slot(byte[] entry) {
        return ByteBuffer.wrap(entry).getInt(entry.length - Integer.BYTES);
    }

    static RegionKey region(byte[] key) {
        int length = key[1];
        String place = new String(key, 2, length, StandardCharsets.US_ASCII);
        var mode = key[2 + length] == INDEX ? SearchMode.INDEX : SearchMode.SCAN;
        return new RegionKey(place, mode, CodeSide.of(key[3 + length]));
    }

    static Identity identity(byte[] key) {
        var last = ByteBuffer.wrap(key, key.length - Identity.BYTES, Identity.BYTES);
        return new Identity(last.getLong(), last.getLong());
    }

    static Bytes timed(long millis, byte[] key) {
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES + key.length)
                .put(TIME)
                .putLong(millis)
                .put(key)
                .array());
    }

    /** What a {@link #timed} key is about. */
    static byte[] subject(byte[] timed) {
        return Arrays.copyOfRange(timed, 1 + Long.BYTES, timed.length);
    }

    /** The first key of a kind. */
    static Bytes first(byte kind) {
        return Bytes.wrap(new byte[] {kind});
    }

    /** A key after the last of a kind. */
    static Bytes last(byte kind) {
        return Bytes.wrap(new byte[] {(byte) (kind + 1)});
    }
}

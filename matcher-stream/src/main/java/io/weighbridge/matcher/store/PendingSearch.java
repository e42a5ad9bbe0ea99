package io.weighbridge.matcher.store;

import java.nio.ByteBuffer;

/**
 * How far a search is that an entry started.
 *
 * @param arrival of the newest upload in its region that was there before; a protected model is compared with those alone, since later
 *     ones look for it themselves
 * @param nextSlot the slots below this are done
 * @param considered uploads compared so far
 * @param matched of them
 */
public record PendingSearch(long arrival, int nextSlot, long considered, long matched) {

    /** A search that has not begun. */
    public static PendingSearch starting(long arrival) {
        return new PendingSearch(arrival, 0, 0, 0);
    }

    static PendingSearch fromBytes(byte[] bytes) {
        var value = ByteBuffer.wrap(bytes);
        return new PendingSearch(value.getLong(), value.getInt(), value.getLong(), value.getLong());
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(3 * Long.BYTES + Integer.BYTES)
                .putLong(arrival)
                .putInt(nextSlot)
                .putLong(considered)
                .putLong(matched)
                .array();
    }
}

package io.weighbridge.matcher.store;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Of late, which uploads a protected code matched in one region, and whether it is in quarantine because they were too many.
 *
 * @param held matches whose alerts were held back since it is in quarantine
 * @param recent arrivals of the uploads matched last, oldest first
 */
public record MatchTally(boolean isQuarantined, long held, long... recent) {

    /** Nothing matched yet. */
    public static final MatchTally NONE = new MatchTally(false, 0);

    /**
     * With one more match.
     *
     * @param most how many arrivals to keep
     */
    public MatchTally with(long arrival, int most) {
        int kept = Math.min(recent.length, most - 1);
        long[] next = Arrays.copyOfRange(recent, recent.length - kept, recent.length + 1);
        next[kept] = arrival;
        return new MatchTally(isQuarantined, held, next);
    }

    /** With one more alert held back. */
    public MatchTally holding() {
        return new MatchTally(true, held + 1, recent);
    }

    /** Out of quarantine. */
    public MatchTally released() {
        return new MatchTally(false, held, recent);
    }

    static MatchTally fromBytes(byte[] bytes) {
        var value = ByteBuffer.wrap(bytes);
        boolean isQuarantined = value.get() != 0;
        long held = value.getLong();
        var recent = new long[value.remaining() / Long.BYTES];
        value.asLongBuffer().get(recent);
        return new MatchTally(isQuarantined, held, recent);
    }

    byte[] toBytes() {
        var bytes = ByteBuffer.allocate(1 + Long.BYTES + recent.length * Long.BYTES)
                .put((byte) (isQuarantined ? 1 : 0))
                .putLong(held);
        bytes.asLongBuffer().put(recent);
        return bytes.array();
    }
}

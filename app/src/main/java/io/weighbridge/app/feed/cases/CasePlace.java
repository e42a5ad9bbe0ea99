package io.weighbridge.app.feed.cases;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;

/**
 * The place of a case in an order; as text, the cursor of the page after it. It names values, not a number of rows, so that a list in which
 * rows come, go and move is neither repeated nor skipped by those that stay.
 *
 * @param rank of the severity; 0 in orders that do not look at it
 */
public record CasePlace(CaseOrder order, int rank, Instant time, String alertId) {

    private static final int PARTS = 4;

    /** Opaque text without characters that an address would escape. */
    public String cursor() {
        String text = order.text() + ":" + rank + ":" + time.toEpochMilli() + ":" + alertId;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads the form that {@link #cursor()} writes.
     *
     * @throws IllegalArgumentException if it is none, or of another order
     */
    public static CasePlace fromCursor(String cursor, CaseOrder order) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            String[] parts = text.split(":", PARTS);
            if (parts.length == PARTS && parts[0].equals(order.text())) {
                return new CasePlace(
                        order, Integer.parseInt(parts[1]), Instant.ofEpochMilli(Long.parseLong(parts[2])), parts[3]);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException(expected(cursor, order), e);
        }
        throw new IllegalArgumentException(expected(cursor, order));
    }

    private static String expected(String cursor, CaseOrder order) {
        return "expected a cursor from an earlier page in the order " + order.text() + ", got " + cursor;
    }
}

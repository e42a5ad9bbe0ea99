package io.weighbridge.app.feed;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;

/** The place of a row in a list that is newest first; as text, the cursor of the page after it. */
public record RowKey(Instant time, String id) implements Comparable<RowKey> {

    private static final Comparator<RowKey> NEWEST_FIRST =
            Comparator.comparing(RowKey::time).thenComparing(RowKey::id).reversed();

    @Override
    public int compareTo(RowKey other) {
        return NEWEST_FIRST.compare(this, other);
    }

    /** Opaque text without characters that an address would escape. */
    public String cursor() {
        byte[] text = (time.toEpochMilli() + ":" + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
    }

    /**
     * Reads the form that {@link #cursor()} writes.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static RowKey fromCursor(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int colon = text.indexOf(':');
            long millis = Long.parseLong(text.substring(0, Math.max(0, colon)));
            return new RowKey(Instant.ofEpochMilli(millis), text.substring(colon + 1));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new IllegalArgumentException("expected a cursor from an earlier page, got " + cursor, e);
        }
    }
}

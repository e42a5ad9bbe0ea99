package io.weighbridge.app.http.resource;

import io.weighbridge.app.feed.cases.CaseGroup;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The place after a group, in the order of groups: that with the most open cases first. */
record GroupCursor(int open, int cases, String key) {

    private static final int PARTS = 3;

    /** Opaque text. */
    static String after(CaseGroup group) {
        String text = group.open() + ":" + group.cases() + ":" + group.key();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads what {@link #after} wrote.
     *
     * @throws IllegalArgumentException if it did not
     */
    static GroupCursor of(String cursor) {
        String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        String[] parts = text.split(":", PARTS);
        if (parts.length != PARTS) {
            throw new IllegalArgumentException("expected " + PARTS + " parts, got " + parts.length);
        }
        return new GroupCursor(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), parts[2]);
    }

    boolean isBefore(CaseGroup group) {
        if (group.open() != open) {
            return group.open() < open;
        }
        return group.cases() != cases ? group.cases() < cases : group.key().compareTo(key) > 0;
    }
}

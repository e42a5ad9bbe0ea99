package io.weighbridge.app.http.access;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A token as it is kept: what it allows, and the hash by which it is known, but not its text.
 *
 * @param name letters, digits and {@code . _ @ -}, at most 64; unique in its file
 * @param hash SHA-256 of the text in hexadecimal
 */
public record Token(String name, String hash, ApiRole role, Instant createdAt, Optional<Instant> expiresAt) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,63}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public Token {
        requireName(name);
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("hash: expected 64 hexadecimal digits");
        }
        if (role == ApiRole.ANYONE) {
            throw new IllegalArgumentException("role: expected viewer, analyst, curator or admin");
        }
    }

    /** @throws IllegalArgumentException if it can be no token's name, or would be taken for somebody without one */
    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name: expected at most 64 letters, digits and . _ @ - that begin with a letter or digit, got "
                            + name);
        }
        if (name.equals(Actor.ANONYMOUS.name()) || name.equals(Actor.DEMO.name())) {
            throw new IllegalArgumentException("name: expected another than " + name + ", which stands for no token");
        }
    }

    boolean isExpired(Instant now) {
        return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
    }

    Actor actor() {
        return new Actor(name, role);
    }
}

package io.weighbridge.app.http.access;

import java.time.Instant;

/**
 * A browser that has logged in with a token.
 *
 * @param id the cookie's value, 256 random bits
 * @param tokenHash of the token, which must hold as long as the session does
 * @param csrfToken what requests that change something must carry besides the cookie
 * @param expiresAt the latest end, whatever is done meanwhile
 */
public record Session(String id, String tokenHash, Actor actor, String csrfToken, Instant expiresAt) {

    @Override
    public String toString() {
        return "session of " + actor.name();
    }
}

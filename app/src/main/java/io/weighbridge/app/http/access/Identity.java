package io.weighbridge.app.http.access;

import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Who makes a request, and how that is known.
 *
 * @param session empty unless it is by a cookie
 * @param expiresAt when what was shown ends at the latest; empty if never
 * @param holds whether what was shown is still good
 */
record Identity(Actor actor, Optional<Session> session, Optional<Instant> expiresAt, BooleanSupplier holds) {

    static Identity anonymous() {
        return new Identity(Actor.ANONYMOUS, Optional.empty(), Optional.empty(), () -> true);
    }

    static Identity demo() {
        return new Identity(Actor.DEMO, Optional.empty(), Optional.empty(), () -> true);
    }
}

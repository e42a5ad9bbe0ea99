package io.weighbridge.app.http.access;

import io.javalin.security.RouteRole;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do; each role may do what those before it may. A route declares the least that it needs. */
public enum ApiRole implements RouteRole {
    /** Needs nothing: probes, the page's files, logging in. No token has it. */
    ANYONE,
    /** Reads. */
    VIEWER,
    /** Decides about cases, and suppresses. */
    ANALYST,
    /** Decides what is protected and how, and sends uploads. */
    CURATOR,
    /** Does all, also what concerns the operation. */
    ADMIN;

    /** Whether one who has this role may do what needs the other. */
    public boolean includes(ApiRole least) {
        return compareTo(least) >= 0;
    }

    /** As written in files and answers. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The role of a token; empty if the text is none. */
    static Optional<ApiRole> ofToken(String id) {
        return Arrays.stream(values())
                .filter(role -> role != ANYONE && role.id().equals(id))
                .findFirst();
    }
}

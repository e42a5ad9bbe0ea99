package io.weighbridge.app.http.access;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Refuses requests that a page of another site makes a browser send. */
final class CrossSite {

    private static final String CSRF_HEADER = "X-CSRF-Token";

    private final String publicUrl;

    CrossSite(String publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** Browsers tell the origin of the page that makes them send; other clients have none. */
    void requireOwnOrigin(Context context) {
        String site = context.header("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            throw new ForbiddenResponse("Sec-Fetch-Site: expected same-origin, got " + site);
        }
        String origin = context.header("Origin");
        if (origin != null && !isOwn(origin, context.header("Host"))) {
            throw new ForbiddenResponse("Origin: expected that of this server");
        }
    }

    /** A browser sends a cookie whoever made it send; the token is known to this server's own page only. */
    static void requireCsrfToken(Context context, Session session) {
        String shown = context.header(CSRF_HEADER);
        boolean isRight = shown != null
                && MessageDigest.isEqual(
                        shown.getBytes(StandardCharsets.UTF_8),
                        session.csrfToken().getBytes(StandardCharsets.UTF_8));
        if (!isRight) {
            throw new ForbiddenResponse(CSRF_HEADER + ": expected the csrfToken that /api/v1/session tells");
        }
    }

    private boolean isOwn(String origin, String host) {
        if (origin.equalsIgnoreCase(publicUrl)) {
            return true;
        }
        try {
            return host != null && host.equalsIgnoreCase(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

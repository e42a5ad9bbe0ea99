package io.weighbridge.alerting.message;

import io.weighbridge.schemas.Settings;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Links from messages to the dashboard.
 *
 * @param base address of the dashboard without a slash at its end; empty if messages hold no links
 */
public record CaseLinks(Optional<String> base) {

    /** Setting: address of the dashboard. */
    public static final String BASE = "weighbridge.sink.link.base";

    /** No links. */
    public static final CaseLinks NONE = new CaseLinks(Optional.empty());

    /** Reads {@value #BASE}. */
    public static CaseLinks of(Settings settings) {
        String text = settings.text(BASE, "").strip();
        if (text.isEmpty()) {
            return NONE;
        }
        if (HttpUrl.parse(text).filter(url -> url.getRawQuery() == null).isEmpty()) {
            settings.problem(BASE, "expected http(s)://host[:port]/path without user, query or fragment, got " + text);
            return NONE;
        }
        return new CaseLinks(Optional.of(text.replaceFirst("/+$", "")));
    }

    /** The page of a case; empty if there is no dashboard to link to. */
    public Optional<URI> of(String alertId) {
        String id = URLEncoder.encode(alertId, StandardCharsets.UTF_8).replace("+", "%20");
        return base.map(address -> URI.create(address + "/#/case/" + id));
    }
}

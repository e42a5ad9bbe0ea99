package io.weighbridge.alerting.message;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Addresses of HTTP as settings hold them. */
public final class HttpUrl {

    private HttpUrl() {}

    /** The address, if it is one of HTTP or HTTPS with a host, and without user and fragment. */
    public static Optional<URI> parse(String address) {
        try {
            var url = new URI(address);
            boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            boolean isPlain = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
            return isHttp && isPlain ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}

package io.weighbridge.alerting.sink.attempt;

import io.weighbridge.alerting.message.HttpUrl;
import io.weighbridge.schemas.Setting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An address that alerts are posted to.
 *
 * @param requestTimeout for one attempt, from connecting to the end of the answer
 */
public record HttpTarget(URI url, Duration connectTimeout, Duration requestTimeout) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(15);

    /** What {@link #of} reads. */
    public static List<Setting> settings(String kind) {
        return List.of(
                Setting.of(SinkOptions.name(kind, "connect.timeout"), CONNECT_TIMEOUT),
                Setting.of(SinkOptions.name(kind, "request.timeout"), REQUEST_TIMEOUT));
    }

    /** Reads {@code connect.timeout} and {@code request.timeout}; empty, and noted, if the address is none. Its user is told of it by sink. */
    public static Optional<HttpTarget> of(SinkOptions options, String sink, String address) {
        Duration connectTimeout = options.positive("connect.timeout", CONNECT_TIMEOUT);
        Duration requestTimeout = options.positive("request.timeout", REQUEST_TIMEOUT);
        Optional<URI> url = HttpUrl.parse(address);
        if (url.isEmpty()) {
            // The value is not repeated: it may hold a token.
            options.problem(
                    "url",
                    "address of " + sink
                            + ": expected http(s)://host[:port]/path without user or fragment, got another");
        }
        return url.map(found -> new HttpTarget(found, connectTimeout, requestTimeout));
    }

    /** The same timeouts for a path below this address. */
    public HttpTarget below(String path) {
        return new HttpTarget(
                URI.create(url.toString().replaceFirst("/+$", "") + path), connectTimeout, requestTimeout);
    }

    /** The address without path and query, which may hold a token. */
    public String origin() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    @Override
    public String toString() {
        return "HttpTarget[" + origin() + "]";
    }
}

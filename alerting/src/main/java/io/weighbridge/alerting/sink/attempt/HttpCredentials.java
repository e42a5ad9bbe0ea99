package io.weighbridge.alerting.sink.attempt;

import io.weighbridge.schemas.Setting;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a receiver is shown to let us in: a bearer token, a user with a password, or nothing. No log or message can show it. */
public final class HttpCredentials {

    private final Map<String, String> headers;

    private HttpCredentials(Map<String, String> headers) {
        this.headers = headers;
    }

    /** What {@link #of} reads. */
    public static List<Setting> settings(String kind) {
        return Stream.of(
                        SinkOptions.secretOf(kind, "token"),
                        List.of(Setting.none(SinkOptions.name(kind, "user"))),
                        SinkOptions.secretOf(kind, "password"))
                .flatMap(List::stream)
                .toList();
    }

    /** Reads {@code token}, or {@code user} and {@code password}; the secrets may be in files. */
    public static HttpCredentials of(SinkOptions options) {
        Optional<String> token = options.secret("token");
        String user = options.text("user", "");
        if (options.isGiven("token") && (!user.isEmpty() || options.isGiven("password"))) {
            options.problem("token", "expected this or a user with a password, got both");
        }
        if (token.isPresent()) {
            checkLine(options, "token", token.get());
            return new HttpCredentials(Map.of("Authorization", "Bearer " + token.get()));
        }
        return user.isEmpty() ? withoutUser(options) : withPassword(options, user);
    }

    /** The headers to send. */
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public String toString() {
        return "HttpCredentials" + headers.keySet();
    }

    private static HttpCredentials withoutUser(SinkOptions options) {
        if (options.isGiven("password")) {
            options.problem("user", "expected one for the password, got none");
        }
        return new HttpCredentials(Map.of());
    }

    private static HttpCredentials withPassword(SinkOptions options, String user) {
        if (user.contains(":")) {
            options.problem("user", "expected a name without a colon, got " + user);
        }
        String pair = user + ":" + options.requiredSecret("password").orElse("");
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return new HttpCredentials(Map.of("Authorization", "Basic " + encoded));
    }

    /** A secret of several lines could not be a header, and the error would show it. */
    private static void checkLine(SinkOptions options, String key, String secret) {
        if (!secret.matches("[!-~]+")) {
            options.problem(key, "expected visible ASCII characters without spaces, got others");
        }
    }
}

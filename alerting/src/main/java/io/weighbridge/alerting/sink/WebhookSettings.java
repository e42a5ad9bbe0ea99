package io.weighbridge.alerting.sink;

import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a webhook goes and how long it is tried.
 *
 * @param name name of its sink
 * @param requestTimeout for one attempt, from connecting to the end of the answer
 * @param attempts the first one included
 * @param firstPause before the second attempt; doubles up to {@code longestPause}, each varied at random by half
 */
record WebhookSettings(
        String name,
        URI url,
        Secret secret,
        Duration connectTimeout,
        Duration requestTimeout,
        int attempts,
        Duration firstPause,
        Duration longestPause) {

    static final String URL = "weighbridge.sink.webhook.url";
    static final String SECRET = "weighbridge.sink.webhook.secret";
    static final String SECRET_FILE = "weighbridge.sink.webhook.secret.file";
    static final String CONNECT_TIMEOUT = "weighbridge.sink.webhook.connect.timeout";
    static final String REQUEST_TIMEOUT = "weighbridge.sink.webhook.request.timeout";
    static final String ATTEMPTS = "weighbridge.sink.webhook.attempts";
    static final String FIRST_PAUSE = "weighbridge.sink.webhook.first.pause";
    static final String LONGEST_PAUSE = "weighbridge.sink.webhook.longest.pause";

    /** One for each address of the setting; none if it is not set. The first is named webhook, the second webhook-2. */
    static List<WebhookSettings> all(Settings settings) {
        List<String> addresses = settings.list(URL, "");
        if (addresses.isEmpty()) {
            return List.of();
        }
        Optional<Secret> secret = secret(settings);
        var timing = new WebhookSettings(
                "webhook",
                null,
                secret.orElse(null),
                positive(settings, CONNECT_TIMEOUT, Duration.ofSeconds(5)),
                positive(settings, REQUEST_TIMEOUT, Duration.ofSeconds(15)),
                attempts(settings),
                positive(settings, FIRST_PAUSE, Duration.ofSeconds(1)),
                positive(settings, LONGEST_PAUSE, Duration.ofMinutes(1)));
        var webhooks = new ArrayList<WebhookSettings>();
        for (String address : addresses) {
            String name = webhooks.isEmpty() ? "webhook" : "webhook-" + (webhooks.size() + 1);
            webhooks.add(timing.at(name, url(settings, name, address)));
        }
        return webhooks;
    }

    /** The address without path and query, which may hold a token. */
    String target() {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    @Override
    public String toString() {
        return "WebhookSettings[" + name + "]";
    }

    private WebhookSettings at(String newName, URI newUrl) {
        return new WebhookSettings(
                newName, newUrl, secret, connectTimeout, requestTimeout, attempts, firstPause, longestPause);
    }

    /** The value is not repeated in the message: an address may hold a token. */
    private static URI url(Settings settings, String name, String address) {
        try {
            var url = new URI(address);
            boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
            if (isHttp && url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException e) {
            // noted below
        }
        settings.problem(
                URL,
                "address of " + name + ": expected http(s)://host[:port]/path without user or fragment, got another");
        return null;
    }

    private static Optional<Secret> secret(Settings settings) {
        String given = settings.text(SECRET, "");
        String file = settings.text(SECRET_FILE, "");
        if (given.isEmpty() == file.isEmpty()) {
            settings.problem(
                    SECRET, "expected this or " + SECRET_FILE + ", got " + (file.isEmpty() ? "neither" : "both"));
            return Optional.empty();
        }
        return file.isEmpty() ? Optional.of(new Secret(given)) : secretIn(settings, file);
    }

    private static Optional<Secret> secretIn(Settings settings, String file) {
        try {
            String text = Files.readString(Path.of(file)).strip();
            if (!text.isEmpty()) {
                return Optional.of(new Secret(text));
            }
            settings.problem(SECRET_FILE, "expected a secret in " + file + ", got an empty file");
        } catch (IOException | InvalidPathException e) {
            settings.problem(SECRET_FILE, "expected a readable file of text, got " + e);
        }
        return Optional.empty();
    }

    private static Duration positive(Settings settings, String name, Duration byDefault) {
        Duration value = settings.duration(name, byDefault);
        if (value.compareTo(Duration.ofMillis(1)) >= 0) {
            return value;
        }
        settings.problem(name, "expected 1 ms or more, got " + value);
        return byDefault;
    }

    private static int attempts(Settings settings) {
        int attempts = settings.count(ATTEMPTS, 15);
        if (attempts >= 1) {
            return attempts;
        }
        settings.problem(ATTEMPTS, "expected 1 or more, got " + attempts);
        return 1;
    }
}

package io.weighbridge.alerting.sink;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One attempt to post a body to a webhook. The signature covers {@code t.body}, where t is the second of the attempt, so that a receiver can
 * refuse what was signed long ago; the idempotency key is the same at every attempt.
 */
final class WebhookCall {

    static final String SIGNATURE = "Weighbridge-Signature";
    static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final WebhookSettings settings;
    private final Clock clock;
    private final HttpClient client;

    WebhookCall(WebhookSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(settings.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Posts the body.
     *
     * @throws IOException if it may succeed later
     */
    Delivery post(String idempotencyKey, byte[] body) throws IOException, InterruptedException {
        HttpResponse<Void> response =
                answer(client.sendAsync(request(idempotencyKey, body), BodyHandlers.discarding()));
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Delivery.Delivered();
        }
        if (status >= 500 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT) {
            throw new TryLaterException(status, retryAfter(response.headers()));
        }
        return new Delivery.Refused(settings.target() + ": HTTP " + status + ", which is final");
    }

    private HttpRequest request(String idempotencyKey, byte[] body) {
        return HttpRequest.newBuilder(settings.url())
                .header("Content-Type", "application/json")
                .header("User-Agent", "weighbridge")
                .header(IDEMPOTENCY_KEY, idempotencyKey)
                .header(SIGNATURE, signature(body))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    private String signature(byte[] body) {
        long second = clock.instant().getEpochSecond();
        byte[] signed = settings.secret().sign((second + ".").getBytes(StandardCharsets.US_ASCII), body);
        return "t=" + second + ",v1=" + HexFormat.of().formatHex(signed);
    }

    /** The client's own timeout ends with the headers of the answer; this one covers its body too. */
    private HttpResponse<Void> answer(CompletableFuture<HttpResponse<Void>> sent)
            throws IOException, InterruptedException {
        try {
            return sent.get(settings.requestTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no answer within " + settings.requestTimeout());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("posting to " + settings.target(), e.getCause());
        } finally {
            sent.cancel(true);
        }
    }

    /** Seconds only: the form with a date is rare, and falls back to our own pauses. */
    private static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }
}

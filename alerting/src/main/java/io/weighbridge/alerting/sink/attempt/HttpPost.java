package io.weighbridge.alerting.sink.attempt;

import io.weighbridge.alerting.sink.Delivery;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/**
 * Posts JSON to one address, once. I/O errors, 408, 429 and 5xx may be tried again, in the latter cases not before the receiver's {@code
 * Retry-After}; every other answer but 2xx is final. Redirects are not followed.
 */
public final class HttpPost {

    /** Header with the key under which a receiver knows a repetition; the same at every attempt. */
    public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY_REQUESTS = 429;

    private final HttpTarget target;
    private final HttpClient client;

    public HttpPost(HttpTarget target) {
        this.target = target;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(target.connectTimeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Where it posts to, without what may be secret of it. */
    public String origin() {
        return target.origin();
    }

    /**
     * Posts the body.
     *
     * @throws IOException if it may succeed later
     */
    public Delivery send(byte[] json, Map<String, String> headers) throws IOException, InterruptedException {
        // The client's own timeout ends with the headers of the answer; this one covers its body too.
        var response = TimeLimit.await(
                client.sendAsync(request(json, headers), BodyHandlers.discarding()), target.requestTimeout());
        int status = response.statusCode();
        if (status >= 200 && status < 300) {
            return new Delivery.Delivered();
        }
        if (status >= 500 || status == TOO_MANY_REQUESTS || status == REQUEST_TIMEOUT) {
            throw new TryLaterException("HTTP " + status, retryAfter(response.headers()));
        }
        return new Delivery.Refused(target.origin() + ": HTTP " + status + ", which is final");
    }

    private HttpRequest request(byte[] json, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(target.url())
                .header("Content-Type", "application/json")
                .header("User-Agent", "weighbridge")
                .POST(BodyPublishers.ofByteArray(json));
        headers.forEach(request::header);
        return request.build();
    }

    /** Seconds only: the form with a date is rare, and falls back to our own pauses. */
    private static Duration retryAfter(HttpHeaders headers) {
        return headers.firstValue("Retry-After")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }
}

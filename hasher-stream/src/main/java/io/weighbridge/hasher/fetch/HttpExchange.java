package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.HostGate.Gate;
import io.weighbridge.hasher.fetch.HttpReader.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/** One request and its answer, within a deadline and without long silences. Follows nothing and repeats nothing. */
final class HttpExchange {

    static final int OK = 200;
    static final int PARTIAL_CONTENT = 206;

    private final HttpClient client;
    private final Duration readTimeout;
    private final long maxBytes;

    HttpExchange(FetchSettings settings) {
        readTimeout = settings.http().readTimeout();
        maxBytes = settings.maxBytes();
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(settings.http().connectTimeout())
                .build();
    }

    /**
     * The answer of a host.
     *
     * @param bytes length of the body when the status is 200; over the limit if it was stated or found to be, and then not all was read
     */
    record Answer(int status, long bytes, HttpHeaders headers) {

        String location() {
            return headers.firstValue("Location").orElse("");
        }

        String encoding() {
            return headers.firstValue("Content-Encoding").orElse("identity");
        }

        /** Whether the body is the file, not a compressed form of it. */
        boolean isPlain() {
            return encoding().equalsIgnoreCase("identity");
        }

        /** How long the host asks to wait: given in seconds or as a date; zero if it asks nothing that is understood. */
        Duration retryAfter() {
            String text = headers.firstValue("Retry-After").orElse("").strip();
            if (text.matches("[0-9]{1,9}")) {
                return Duration.ofSeconds(Long.parseLong(text));
            }
            try {
                var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT));
                var wait = Duration.between(Instant.now(), date.toInstant());
                return wait.isNegative() ? Duration.ZERO : wait;
            } catch (DateTimeParseException e) {
                return Duration.ZERO;
            }
        }
    }

    /** The host said nothing for too long, or did not end in time. */
    static final class SilenceException extends IOException {

        private static final long serialVersionUID = 1L;

        SilenceException(String message) {
            super(message);
        }
    }

    /** Asks, and writes the body into {@code copy} if the status is 200. */
    Answer get(Gate gate, Path copy, Deadline deadline) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gate.target())
                .header("User-Agent", "weighbridge")
                .header("Accept-Encoding", "identity");
        if (gate.hostHeader() != null) {
            request.header("Host", gate.hostHeader());
        }
        var received = new AtomicLong();
        var answer = client.sendAsync(request.build(), info -> body(info, copy, received));
        try {
            var response = await(answer, received, deadline);
            return new Answer(response.statusCode(), response.body(), response.headers());
        } finally {
            answer.cancel(true);
        }
    }

    /** Asks with more headers, and reads the body into memory, up to {@code maxBytes} of it, if the status is 200 or 206. */
    Reply read(Gate gate, URI address, Map<String, String> headers, int maxBytes, Deadline deadline)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gate.target())
                .header("User-Agent", "weighbridge")
                .header("Accept-Encoding", "identity");
        if (gate.hostHeader() != null) {
            request.header("Host", gate.hostHeader());
        }
        headers.forEach(request::setHeader);
        var received = new AtomicLong();
        var answer = client.sendAsync(request.build(), info -> new MemoryBody(hasBody(info) ? maxBytes : 0, received));
        try {
            var response = await(answer, received, deadline);
            var body = response.body();
            return new Reply(response.statusCode(), response.headers(), body.bytes(), body.isWhole(), address);
        } finally {
            answer.cancel(true);
        }
    }

    private static boolean hasBody(ResponseInfo info) {
        return info.statusCode() == OK || info.statusCode() == PARTIAL_CONTENT;
    }

    private BodySubscriber<Long> body(ResponseInfo info, Path copy, AtomicLong received) {
        long statedBytes = info.headers().firstValueAsLong("Content-Length").orElse(0);
        if (info.statusCode() != OK) {
            return new SpoolingBody.Unread(0);
        }
        return statedBytes > maxBytes
                ? new SpoolingBody.Unread(statedBytes)
                : new SpoolingBody(copy, maxBytes, received);
    }

    /** Waits in steps of the read timeout, and gives up when no byte came in one of them. */
    private <T> HttpResponse<T> await(CompletableFuture<HttpResponse<T>> answer, AtomicLong received, Deadline deadline)
            throws IOException, InterruptedException {
        long before = 0;
        while (true) {
            try {
                return answer.get(Math.max(0, deadline.cap(readTimeout).toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (deadline.hasPassed()) {
                    throw new SilenceException(
                            "not done by the deadline, " + received + " bytes received; see " + FetchSettings.DEADLINE);
                }
                if (received.get() == before) {
                    throw new SilenceException(
                            "no byte for " + readTimeout + " after " + before + "; see " + FetchSettings.READ_TIMEOUT);
                }
                before = received.get();
            } catch (ExecutionException e) {
                throw cause(e);
            }
        }
    }

    private static IOException cause(ExecutionException failure) {
        if (failure.getCause() instanceof IOException io) {
            return io;
        }
        if (failure.getCause() instanceof UncheckedIOException unchecked) {
            return unchecked.getCause();
        }
        return new IOException(failure.getCause());
    }
}

package io.weighbridge.app.http.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ConflictResponse;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Meets a POST with an {@code Idempotency-Key} once: the same actor's same request is given the same answer for {@link #KEPT}. At most
 * {@value #MOST_BYTES} bytes of answers are kept, each counted with 1024 bytes besides its body; the ones used least are forgotten first.
 */
final class RepeatedRequests {

    /** How long an answer is kept. */
    static final Duration KEPT = Duration.ofHours(24);

    private static final long MOST_BYTES = 16L << 20;
    private static final String HEADER = "Idempotency-Key";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");
    private static final String BEGUN_KEY = "weighbridge.repeated.begun";

    private final Cache<String, StoredAnswer> answers;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    private record Begun(String request, String hash) {}

    RepeatedRequests(Ticker ticker) {
        answers = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .ticker(ticker)
                .maximumWeight(MOST_BYTES)
                .weigher((String request, StoredAnswer answer) -> answer.sizeBytes())
                .build();
    }

    /** The request's key, if it has one that may be written down. */
    static Optional<String> key(Context context) {
        return Optional.ofNullable(context.header(HEADER))
                .filter(key -> KEY.matcher(key).matches());
    }

    /**
     * Gives the stored answer, if there is one.
     *
     * @return whether it did
     * @throws HttpResponseException with status 422 if the key was used with another body, 409 if that request is under way
     */
    boolean answer(Context context) {
        if (context.method() != HandlerType.POST || context.header(HEADER) == null) {
            return false;
        }
        String key = key(context)
                .orElseThrow(() -> new BadRequestResponse(HEADER + ": expected at most 128 visible ASCII characters"));
        var begun = new Begun(
                Access.actor(context).name() + " " + context.path() + "?" + context.queryString() + " " + key,
                hash(context));
        if (!underWay.add(begun.request())) {
            throw new ConflictResponse(HEADER + ": the request with this key is still under way");
        }
        StoredAnswer stored = answers.getIfPresent(begun.request());
        if (stored == null) {
            context.attribute(BEGUN_KEY, begun);
            return false;
        }
        underWay.remove(begun.request());
        if (!stored.requestHash().equals(begun.hash())) {
            throw new HttpResponseException(
                    HttpStatus.UNPROCESSABLE_CONTENT, HEADER + ": was used for a request with another body", Map.of());
        }
        stored.giveAgain(context);
        return true;
    }

    /** Stores the answer; one that blames the server or the rate is not, so that trying again helps. */
    void store(Context context) {
        Begun begun = context.attribute(BEGUN_KEY);
        if (begun == null) {
            return;
        }
        try {
            int status = context.statusCode();
            if (status < 500 && status != HttpStatus.TOO_MANY_REQUESTS.getCode()) {
                answers.put(begun.request(), StoredAnswer.of(context, begun.hash()));
            }
        } finally {
            underWay.remove(begun.request());
        }
    }

    /** Files are not read for this: of a request with files only the length is compared. */
    private static String hash(Context context) {
        return context.isMultipart()
                ? "multipart of " + context.req().getContentLengthLong() + " bytes"
                : TokenText.hash(new String(context.bodyAsBytes(), StandardCharsets.ISO_8859_1));
    }
}

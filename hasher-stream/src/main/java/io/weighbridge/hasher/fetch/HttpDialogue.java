package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.HostGate.ForbiddenAddressException;
import io.weighbridge.hasher.fetch.HttpExchange.Head;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Asks for {@code http:} and {@code https:} addresses until there is an answer: follows a few redirects, each hop checked by the {@link HostGate}, and
 * asks again after failures that may pass, when the host allows it: so many times, or until the deadline if it is our disk that fails. All bytes that anybody reads here count towards one {@link BandwidthCap}.
 */
final class HttpDialogue {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> MAY_PASS = Set.of(408, 429);

    private final FetchSettings settings;
    private final HostGate gate;
    private final HttpExchange exchange;
    private final Closing closing;
    private final Backoff backoff;
    private final BandwidthCap bandwidth;

    HttpDialogue(FetchSettings settings, HostGate gate, HttpExchange exchange, Closing closing) {
        this.settings = settings;
        this.gate = gate;
        this.exchange = exchange;
        this.closing = closing;
        backoff = new Backoff(settings.http().firstBackoff(), new Random());
        bandwidth = new BandwidthCap(settings.traffic().bytesPerSecond(), closing);
    }

    /** What is asked for, over all attempts. */
    interface Question<T> {

        /** What to send to a hop beside the usual headers. */
        Map<String, String> headers(URI hop);

        /**
         * Takes an answer that is no redirect and no passing failure of the host.
         *
         * @throws HttpFailure if it does not do
         * @throws IOException if it breaks off, which may pass
         */
        T read(Head head, InputStream body, URI from) throws IOException, InterruptedException;

        /** Bytes so far, for the message when there is no end. */
        long received();
    }

    BandwidthCap bandwidth() {
        return bandwidth;
    }

    /** @throws InterruptedException if this was closed */
    void checkOpen() throws InterruptedException {
        closing.check();
    }

    /**
     * Asks for an address.
     *
     * @throws HttpFailure if there is no answer that does by the deadline, or after so many attempts
     * @throws InterruptedException if the thread was interrupted, or the fetcher closed
     */
    <T> T ask(URI address, Question<T> question, Deadline deadline) throws HttpFailure, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            closing.check();
            try {
                return attempt(address, question, attempt, deadline);
            } catch (HttpFailure e) {
                boolean isLast = attempt >= settings.http().attempts() && !e.isOurs();
                if (!e.mayPass() || isLast || !pause(attempt, e.notBefore(), deadline)) {
                    throw e;
                }
            }
        }
    }

    /**
     * Waits before there is another attempt.
     *
     * @return false, at once, if the deadline comes before that
     * @throws InterruptedException if the thread was interrupted, or this was closed
     */
    boolean pause(int attempt, Duration notBefore, Deadline deadline) throws InterruptedException {
        var jittered = backoff.after(attempt);
        var pause = notBefore.compareTo(jittered) > 0 ? notBefore : jittered;
        if (deadline.remaining().compareTo(pause) <= 0) {
            return false;
        }
        closing.pause(pause);
        return true;
    }

    private <T> T attempt(URI address, Question<T> question, int attempt, Deadline deadline)
            throws HttpFailure, InterruptedException {
        try {
            return followRedirects(address, question, attempt, deadline);
        } catch (ForbiddenAddressException e) {
            throw HttpFailure.lasting(Outcome.FORBIDDEN, e.getMessage());
        } catch (HttpFailure e) {
            throw e;
        } catch (UnknownHostException e) {
            throw HttpFailure.passing(Outcome.UNREACHABLE, "unknown host " + e.getMessage());
        } catch (HttpExchange.SilenceException e) {
            throw HttpFailure.passing(Outcome.TIMED_OUT, e.getMessage());
        } catch (HostTurns.NoTurnException e) {
            throw HttpFailure.lasting(Outcome.TIMED_OUT, e.getMessage());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw HttpFailure.passing(Outcome.UNREACHABLE, ShownAddress.of(address) + ": " + why);
        }
    }

    /** An answer, or where it is. @param next null if this is the answer */
    private record Step<T>(T answer, URI next) {}

    private <T> T followRedirects(URI address, Question<T> question, int attempt, Deadline deadline)
            throws IOException, InterruptedException, ForbiddenAddressException {
        var from = address;
        var at = address;
        for (int hop = 0; hop <= settings.http().redirects(); hop++) {
            var refusal = gate.refusal(at, from);
            if (refusal != null) {
                throw HttpFailure.lasting(refusal.outcome(), refusal.reason());
            }
            var hosts = gate.resolve(at);
            var step = askHop(gate.open(at, hosts[(attempt - 1) % hosts.length]), address, at, question, deadline);
            if (step.next() == null) {
                return step.answer();
            }
            from = at;
            at = step.next();
        }
        throw HttpFailure.lasting(
                Outcome.UNREACHABLE,
                "more than " + settings.http().redirects() + " redirects from " + ShownAddress.of(address));
    }

    private <T> Step<T> askHop(HostGate.Gate to, URI start, URI at, Question<T> question, Deadline deadline)
            throws IOException, InterruptedException {
        var headers = new HashMap<>(question.headers(to.target()));
        headers.putAll(settings.tokens().headers(start, to));
        return exchange.get(to, headers, (head, body) -> step(head, body, at, question), question::received, deadline);
    }

    private static <T> Step<T> step(Head head, InputStream body, URI at, Question<T> question)
            throws IOException, InterruptedException {
        if (REDIRECTS.contains(head.status())) {
            return new Step<>(null, next(at, head));
        }
        if (head.status() >= 500 || MAY_PASS.contains(head.status())) {
            throw HttpFailure.passing(Outcome.UNREACHABLE, unexpected(head.status(), at), head.retryAfter());
        }
        return new Step<>(question.read(head, body, at), null);
    }

    /** The reason that any status but the expected ones is. */
    static String unexpected(int status, URI from) {
        return "HTTP " + status + " from " + ShownAddress.of(from);
    }

    private static URI next(URI at, Head head) throws HttpFailure {
        String got = "none";
        try {
            if (!head.location().isBlank()) {
                var next = at.resolve(head.location());
                if (isWeb(next)) {
                    return next;
                }
                got = ShownAddress.of(next);
            }
        } catch (IllegalArgumentException e) {
            got = "none that is valid";
        }
        throw HttpFailure.lasting(
                Outcome.UNREACHABLE,
                unexpected(head.status(), at) + ": expected the http: or https: address to go to, got " + got);
    }

    private static boolean isWeb(URI address) {
        return Set.of("http", "https")
                .contains(String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT));
    }
}

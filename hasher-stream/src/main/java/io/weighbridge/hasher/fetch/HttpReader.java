package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.HostGate.ForbiddenAddressException;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * Reads small answers of {@code http:} and {@code https:} addresses into memory: pages of a listing, stretches of a file. Goes through the same
 * {@link HostGate}, follows as many redirects and tries as often as downloads do.
 */
final class HttpReader {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> MAY_PASS = Set.of(408, 429);

    private final FetchSettings settings;
    private final HostGate gate;
    private final HttpExchange exchange;

    HttpReader(FetchSettings settings, HostGate gate, HttpExchange exchange) {
        this.settings = settings;
        this.gate = gate;
        this.exchange = exchange;
    }

    /**
     * An answer that is no redirect and no passing failure.
     *
     * @param body what was read of it: at most as much as was asked for, and nothing unless the status is 200 or 206
     * @param isWhole whether that is all
     * @param from the address that answered
     */
    record Reply(int status, HttpHeaders headers, byte[] body, boolean isWhole, URI from) {

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** The failure that any status but the expected ones is. */
        ReadException unexpected() {
            return new ReadException(Outcome.UNREACHABLE, "HTTP " + status + " from " + shown(from));
        }
    }

    /** There is no answer: what that comes to, and why. */
    static final class ReadException extends IOException {

        private static final long serialVersionUID = 1L;

        private final Outcome outcome;

        ReadException(Outcome outcome, String reason) {
            super(reason);
            this.outcome = outcome;
        }

        NotFetched result() {
            return new NotFetched(outcome, getMessage());
        }
    }

    /** What one attempt came to, if it may do better: the last failure, and how long the host asks to wait. */
    private static final class PassingException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient ReadException ifLast;
        private final Duration notBefore;

        PassingException(ReadException ifLast, Duration notBefore) {
            super(ifLast);
            this.ifLast = ifLast;
            this.notBefore = notBefore;
        }
    }

    /**
     * Asks for an address.
     *
     * @param headers to send beside the usual ones, to every host on the way
     * @param maxBytes most bytes of the body to read
     * @throws ReadException if there is no answer by the deadline, or after so many attempts
     */
    Reply get(URI address, Map<String, String> headers, int maxBytes, Deadline deadline)
            throws ReadException, InterruptedException {
        var backoff = settings.http().firstBackoff();
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(address, headers, maxBytes, attempt, deadline);
            } catch (PassingException e) {
                var pause = e.notBefore.compareTo(backoff) > 0 ? e.notBefore : backoff;
                boolean isTooLate = deadline.remaining().compareTo(pause) <= 0;
                if (attempt == settings.http().attempts() || isTooLate) {
                    throw e.ifLast;
                }
                Thread.sleep(pause.toMillis());
                backoff = backoff.multipliedBy(2);
            }
        }
    }

    private Reply attempt(URI address, Map<String, String> headers, int maxBytes, int attempt, Deadline deadline)
            throws ReadException, PassingException, InterruptedException {
        try {
            return followRedirects(address, headers, maxBytes, attempt, deadline);
        } catch (ForbiddenAddressException e) {
            throw new ReadException(Outcome.FORBIDDEN, e.getMessage());
        } catch (ReadException e) {
            throw e;
        } catch (UnknownHostException e) {
            throw passing(Outcome.UNREACHABLE, "unknown host " + e.getMessage());
        } catch (HttpExchange.SilenceException e) {
            throw passing(Outcome.TIMED_OUT, e.getMessage());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw passing(Outcome.UNREACHABLE, shown(address) + ": " + why);
        }
    }

    private Reply followRedirects(
            URI address, Map<String, String> headers, int maxBytes, int attempt, Deadline deadline)
            throws IOException, PassingException, ForbiddenAddressException, InterruptedException {
        var from = address;
        var at = address;
        for (int hop = 0; hop <= settings.http().redirects(); hop++) {
            var refusal = gate.refusal(at, from);
            if (refusal != null) {
                throw new ReadException(refusal.outcome(), refusal.reason());
            }
            var hosts = gate.resolve(at);
            var open = gate.open(at, hosts[(attempt - 1) % hosts.length]);
            var reply = exchange.read(open, at, headers, maxBytes, deadline);
            if (!REDIRECTS.contains(reply.status())) {
                return lasting(reply);
            }
            from = at;
            at = next(reply);
        }
        throw new ReadException(
                Outcome.UNREACHABLE, "more than " + settings.http().redirects() + " redirects from " + shown(address));
    }

    private static Reply lasting(Reply reply) throws PassingException {
        if (reply.status() >= 500 || MAY_PASS.contains(reply.status())) {
            throw new PassingException(
                    reply.unexpected(), new HttpExchange.Answer(reply.status(), 0, reply.headers()).retryAfter());
        }
        return reply;
    }

    private static URI next(Reply reply) throws ReadException {
        String location = reply.header("Location");
        try {
            var next = reply.from().resolve(location);
            if (!location.isBlank() && isWeb(next)) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            // no address, as below
        }
        throw new ReadException(
                Outcome.UNREACHABLE,
                "HTTP " + reply.status() + " from " + shown(reply.from())
                        + ": expected the http: or https: address to go to");
    }

    private static boolean isWeb(URI address) {
        return "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
    }

    /** Without the query, which often is a signature that grants access. */
    static String shown(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
    }

    private static PassingException passing(Outcome outcome, String reason) {
        return new PassingException(new ReadException(outcome, reason), Duration.ZERO);
    }
}

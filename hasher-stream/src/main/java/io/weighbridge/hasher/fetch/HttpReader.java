package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.HostGate.ForbiddenAddressException;
import io.weighbridge.hasher.fetch.HostGate.Gate;
import io.weighbridge.hasher.fetch.HttpExchange.Head;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

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
    private final Closing closing;
    private final Backoff backoff;

    HttpReader(FetchSettings settings, HostGate gate, HttpExchange exchange, Closing closing) {
        this.settings = settings;
        this.gate = gate;
        this.exchange = exchange;
        this.closing = closing;
        backoff = new Backoff(settings.http().firstBackoff(), new Random());
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
            return new ReadException(Outcome.UNREACHABLE, "HTTP " + status + " from " + ShownAddress.of(from));
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
        for (int attempt = 1; ; attempt++) {
            closing.check();
            try {
                return attempt(address, headers, maxBytes, attempt, deadline);
            } catch (PassingException e) {
                var jittered = backoff.after(attempt);
                var pause = e.notBefore.compareTo(jittered) > 0 ? e.notBefore : jittered;
                boolean isTooLate = deadline.remaining().compareTo(pause) <= 0;
                if (attempt == settings.http().attempts() || isTooLate) {
                    throw e.ifLast;
                }
                closing.pause(pause);
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
        } catch (HostTurns.NoTurnException e) {
            throw new ReadException(Outcome.TIMED_OUT, e.getMessage());
        } catch (HttpExchange.SilenceException e) {
            throw passing(Outcome.TIMED_OUT, e.getMessage());
        } catch (IOException e) {
            String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
            throw passing(Outcome.UNREACHABLE, ShownAddress.of(address) + ": " + why);
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
            var reply = ask(open, address, at, headers, maxBytes, deadline);
            if (!REDIRECTS.contains(reply.status())) {
                return lasting(reply);
            }
            from = at;
            at = next(reply);
        }
        throw new ReadException(
                Outcome.UNREACHABLE,
                "more than " + settings.http().redirects() + " redirects from " + ShownAddress.of(address));
    }

    private Reply ask(Gate to, URI start, URI at, Map<String, String> headers, int maxBytes, Deadline deadline)
            throws IOException, InterruptedException {
        var all = new HashMap<>(headers);
        all.putAll(settings.tokens().headers(start, to));
        var received = new AtomicLong();
        return exchange.get(
                to, all, (head, body) -> reply(head, body, at, maxBytes, received), received::get, deadline);
    }

    private static Reply reply(Head head, InputStream body, URI at, int maxBytes, AtomicLong received)
            throws IOException {
        boolean hasBody = head.status() == HttpExchange.OK || head.status() == HttpExchange.PARTIAL_CONTENT;
        var content = hasBody ? body.readNBytes(maxBytes) : new byte[0];
        received.set(content.length);
        boolean isWhole = !hasBody || body.read() < 0;
        return new Reply(head.status(), head.headers(), content, isWhole, at);
    }

    private static Reply lasting(Reply reply) throws PassingException {
        if (reply.status() >= 500 || MAY_PASS.contains(reply.status())) {
            throw new PassingException(reply.unexpected(), new Head(reply.status(), reply.headers()).retryAfter());
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
                "HTTP " + reply.status() + " from " + ShownAddress.of(reply.from())
                        + ": expected the http: or https: address to go to");
    }

    private static boolean isWeb(URI address) {
        return "http".equalsIgnoreCase(address.getScheme()) || "https".equalsIgnoreCase(address.getScheme());
    }

    private static PassingException passing(Outcome outcome, String reason) {
        return new PassingException(new ReadException(outcome, reason), Duration.ZERO);
    }
}

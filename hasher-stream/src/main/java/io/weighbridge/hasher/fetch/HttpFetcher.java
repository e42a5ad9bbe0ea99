package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.HostGate.ForbiddenAddressException;
import io.weighbridge.hasher.fetch.HttpExchange.Answer;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/**
 * Downloads {@code http:} and {@code https:} addresses into the spool: follows a few redirects, each hop checked by the {@link HostGate}, and
 * tries again after failures that may pass. Sends no credentials and no cookies to any host, and uses no proxy.
 */
final class HttpFetcher {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> MAY_PASS = Set.of(408, 429);

    private final FetchSettings settings;
    private final Spool spool;
    private final HostGate gate;
    private final HttpExchange exchange;

    HttpFetcher(FetchSettings settings, Spool spool, HostGate gate) {
        this.settings = settings;
        this.spool = spool;
        this.gate = gate;
        exchange = new HttpExchange(settings);
    }

    /** What one attempt came to. */
    private sealed interface Attempt {

        record Ended(FetchResult result) implements Attempt {}

        /** @param notBefore the wait that the host asks for; zero if it does not */
        record MayPass(NotFetched ifLast, Duration notBefore) implements Attempt {}
    }

    FetchResult fetch(URI address) throws InterruptedException {
        Path copy;
        try {
            copy = spool.newFile();
        } catch (IOException e) {
            return new NotFetched(Outcome.FAILED, "spool: " + e);
        }
        FetchResult result = null;
        try {
            result = fetch(address, copy);
            return result;
        } finally {
            if (!(result instanceof Fetched)) {
                Fetched.remove(copy);
            }
        }
    }

    private FetchResult fetch(URI address, Path copy) throws InterruptedException {
        var deadline = Deadline.in(settings.http().deadline());
        var backoff = settings.http().firstBackoff();
        for (int attempt = 1; ; attempt++) {
            var outcome = attempt(address, copy, attempt, deadline);
            if (outcome instanceof Attempt.Ended ended) {
                return ended.result();
            }
            var mayPass = (Attempt.MayPass) outcome;
            var pause = mayPass.notBefore().compareTo(backoff) > 0 ? mayPass.notBefore() : backoff;
            boolean tooLate = deadline.remaining().compareTo(pause) <= 0;
            if (attempt == settings.http().attempts() || tooLate) {
                return mayPass.ifLast();
            }
            Thread.sleep(pause.toMillis());
            backoff = backoff.multipliedBy(2);
        }
    }

    private Attempt attempt(URI address, Path copy, int attempt, Deadline deadline) throws InterruptedException {
        try {
            return followRedirects(address, copy, attempt, deadline);
        } catch (ForbiddenAddressException e) {
            return ended(Outcome.FORBIDDEN, e.getMessage());
        } catch (SpoolingBody.SpoolException e) {
            return ended(Outcome.FAILED, e.getMessage());
        } catch (UnknownHostException e) {
            return mayPass(Outcome.UNREACHABLE, "unknown host " + e.getMessage());
        } catch (HttpExchange.SilenceException e) {
            return mayPass(Outcome.TIMED_OUT, e.getMessage());
        } catch (IOException e) {
            return mayPass(Outcome.UNREACHABLE, shown(address) + ": " + described(e));
        }
    }

    private Attempt followRedirects(URI address, Path copy, int attempt, Deadline deadline)
            throws IOException, InterruptedException, ForbiddenAddressException {
        var from = address;
        var at = address;
        for (int hop = 0; hop <= settings.http().redirects(); hop++) {
            var refusal = gate.refusal(at, from);
            if (refusal != null) {
                return new Attempt.Ended(refusal);
            }
            var hosts = gate.resolve(at);
            var answer = exchange.get(gate.open(at, hosts[(attempt - 1) % hosts.length]), copy, deadline);
            if (!REDIRECTS.contains(answer.status())) {
                return judge(answer, at, copy);
            }
            from = at;
            at = next(at, answer);
            if (at == null) {
                return ended(
                        Outcome.UNREACHABLE,
                        "HTTP " + answer.status() + " from " + shown(from)
                                + ": expected the http: or https: address to go to, got " + answer.location());
            }
        }
        return ended(
                Outcome.UNREACHABLE, "more than " + settings.http().redirects() + " redirects from " + shown(address));
    }

    /** Null if the answer does not say, or says something else than an address on the web. */
    private static URI next(URI at, Answer answer) {
        if (answer.location().isBlank()) {
            return null;
        }
        try {
            var next = at.resolve(answer.location());
            return Set.of("http", "https")
                            .contains(String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT))
                    ? next
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Attempt judge(Answer answer, URI at, Path copy) {
        if (answer.status() == HttpExchange.OK) {
            return new Attempt.Ended(received(answer, at, copy));
        }
        String reason = "HTTP " + answer.status() + " from " + shown(at);
        if (answer.status() >= 500 || MAY_PASS.contains(answer.status())) {
            return new Attempt.MayPass(new NotFetched(Outcome.UNREACHABLE, reason), answer.retryAfter());
        }
        return ended(Outcome.UNREACHABLE, reason);
    }

    private FetchResult received(Answer answer, URI at, Path copy) {
        if (answer.bytes() > settings.maxBytes()) {
            return Fetcher.tooLarge("at least " + answer.bytes(), settings.maxBytes());
        }
        if (!answer.isPlain()) {
            return new NotFetched(
                    Outcome.UNREACHABLE,
                    shown(at) + ": expected the bytes as they are, got Content-Encoding " + answer.encoding());
        }
        return new Fetched(copy, answer.bytes(), true);
    }

    /** Without the query, which often is a signature that grants access. */
    private static String shown(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority() + address.getRawPath();
    }

    private static String described(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static Attempt ended(Outcome outcome, String reason) {
        return new Attempt.Ended(new NotFetched(outcome, reason));
    }

    private static Attempt mayPass(Outcome outcome, String reason) {
        return new Attempt.MayPass(new NotFetched(outcome, reason), Duration.ZERO);
    }
}

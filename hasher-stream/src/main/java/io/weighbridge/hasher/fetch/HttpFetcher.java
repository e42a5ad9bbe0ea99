package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.HostGate.ForbiddenAddressException;
import io.weighbridge.hasher.fetch.HttpExchange.Head;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/**
 * Downloads {@code http:} and {@code https:} addresses into the spool: follows a few redirects, each hop checked by the {@link HostGate},
 * and tries again after failures that may pass, from where the last attempt ended if the host can tell that the file is still the same.
 */
final class HttpFetcher {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> MAY_PASS = Set.of(408, 429);
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final FetchSettings settings;
    private final Spool spool;
    private final HostGate gate;
    private final HttpExchange exchange;
    private final Closing closing;
    private final Backoff backoff;
    private final BandwidthCap bandwidth;

    HttpFetcher(FetchSettings settings, Spool spool, HostGate gate, HttpExchange exchange, Closing closing) {
        this.settings = settings;
        this.spool = spool;
        this.gate = gate;
        this.exchange = exchange;
        this.closing = closing;
        backoff = new Backoff(settings.http().firstBackoff(), new Random());
        bandwidth = new BandwidthCap(settings.traffic().bytesPerSecond(), closing);
    }

    /** What one attempt came to. */
    private sealed interface Attempt {

        record Ended(FetchResult result) implements Attempt {}

        /** @param notBefore the wait that the host asks for; zero if it does not */
        record MayPass(NotFetched ifLast, Duration notBefore) implements Attempt {}
    }

    /** What an answer came to: an attempt's end, or another address. @param attempt null if it is the latter */
    private record Step(Attempt attempt, Head head) {}

    FetchResult fetch(URI address, Deadline deadline) throws InterruptedException {
        if (deadline.hasPassed()) {
            return new NotFetched(Outcome.TIMED_OUT, "not begun by the deadline; see " + FetchSettings.DEADLINE);
        }
        Path copy;
        try {
            copy = spool.newFile();
        } catch (IOException e) {
            closing.check();
            return new NotFetched(Outcome.FAILED, "spool: " + e);
        }
        FetchResult result = null;
        try {
            result = fetch(address, new PartialDownload(copy), deadline);
            return result;
        } finally {
            if (!(result instanceof Fetched)) {
                Fetched.remove(copy);
            }
        }
    }

    private FetchResult fetch(URI address, PartialDownload download, Deadline deadline) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            closing.check();
            var outcome = attempt(address, download, attempt, deadline);
            if (outcome instanceof Attempt.Ended ended) {
                return ended.result();
            }
            var mayPass = (Attempt.MayPass) outcome;
            var jittered = backoff.after(attempt);
            var pause = mayPass.notBefore().compareTo(jittered) > 0 ? mayPass.notBefore() : jittered;
            boolean tooLate = deadline.remaining().compareTo(pause) <= 0;
            if (attempt == settings.http().attempts() || tooLate) {
                return mayPass.ifLast();
            }
            closing.pause(pause);
        }
    }

    private Attempt attempt(URI address, PartialDownload download, int attempt, Deadline deadline)
            throws InterruptedException {
        try {
            return followRedirects(address, download, attempt, deadline);
        } catch (ForbiddenAddressException e) {
            return ended(Outcome.FORBIDDEN, e.getMessage());
        } catch (SpoolingBody.SpoolException e) {
            closing.check();
            return ended(Outcome.FAILED, e.getMessage());
        } catch (UnknownHostException e) {
            return mayPass(Outcome.UNREACHABLE, "unknown host " + e.getMessage());
        } catch (HttpExchange.SilenceException e) {
            return mayPass(Outcome.TIMED_OUT, e.getMessage());
        } catch (HostTurns.NoTurnException e) {
            return ended(Outcome.TIMED_OUT, e.getMessage());
        } catch (IOException e) {
            return mayPass(Outcome.UNREACHABLE, ShownAddress.of(address) + ": " + described(e));
        }
    }

    private Attempt followRedirects(URI address, PartialDownload download, int attempt, Deadline deadline)
            throws IOException, InterruptedException, ForbiddenAddressException {
        var from = address;
        var at = address;
        for (int hop = 0; hop <= settings.http().redirects(); hop++) {
            var refusal = gate.refusal(at, from);
            if (refusal != null) {
                return new Attempt.Ended(refusal);
            }
            var hosts = gate.resolve(at);
            var step = ask(gate.open(at, hosts[(attempt - 1) % hosts.length]), address, download, deadline);
            if (step.attempt() != null) {
                return step.attempt();
            }
            from = at;
            at = next(at, step.head());
            if (at == null) {
                return ended(
                        Outcome.UNREACHABLE,
                        "HTTP " + step.head().status() + " from " + ShownAddress.of(from)
                                + ": expected the http: or https: address to go to, got "
                                + location(from, step.head()));
            }
        }
        return ended(
                Outcome.UNREACHABLE,
                "more than " + settings.http().redirects() + " redirects from " + ShownAddress.of(address));
    }

    private Step ask(HostGate.Gate to, URI start, PartialDownload download, Deadline deadline)
            throws IOException, InterruptedException {
        var headers = new HashMap<>(download.conditions(to.target()));
        headers.putAll(settings.tokens().headers(start, to));
        return exchange.get(
                to,
                headers,
                (head, body) -> REDIRECTS.contains(head.status())
                        ? new Step(null, head)
                        : new Step(judge(head, body, to.target(), download), head),
                download::bytes,
                deadline);
    }

    /** Null if the answer does not say, or says something else than an address on the web. */
    private static URI next(URI at, Head head) {
        if (head.location().isBlank()) {
            return null;
        }
        try {
            var next = at.resolve(head.location());
            return Set.of("http", "https")
                            .contains(String.valueOf(next.getScheme()).toLowerCase(Locale.ROOT))
                    ? next
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static String location(URI at, Head head) {
        try {
            return head.location().isBlank() ? "none" : ShownAddress.of(at.resolve(head.location()));
        } catch (IllegalArgumentException e) {
            return "none that is valid";
        }
    }

    private Attempt judge(Head head, InputStream body, URI at, PartialDownload download)
            throws IOException, InterruptedException {
        if (head.status() == HttpExchange.OK) {
            download.startOver(at, head.headers());
            return new Attempt.Ended(received(head, body, at, download));
        }
        if (head.status() == HttpExchange.PARTIAL_CONTENT && download.bytes() > 0) {
            String mismatch = download.mismatch(head.headers());
            if (mismatch == null) {
                return new Attempt.Ended(received(head, body, at, download));
            }
            download.forget();
            return mayPass(Outcome.UNREACHABLE, ShownAddress.of(at) + ": " + mismatch);
        }
        String reason = "HTTP " + head.status() + " from " + ShownAddress.of(at);
        if (head.status() == RANGE_NOT_SATISFIABLE && download.bytes() > 0) {
            download.forget();
            return mayPass(Outcome.UNREACHABLE, reason);
        }
        if (head.status() >= 500 || MAY_PASS.contains(head.status())) {
            return new Attempt.MayPass(new NotFetched(Outcome.UNREACHABLE, reason), head.retryAfter());
        }
        return ended(Outcome.UNREACHABLE, reason);
    }

    private FetchResult received(Head head, InputStream body, URI at, PartialDownload download)
            throws IOException, InterruptedException {
        if (download.totalBytes() > settings.maxBytes()) {
            return Fetcher.tooLarge("at least " + download.totalBytes(), settings.maxBytes());
        }
        if (!head.isPlain()) {
            return new NotFetched(
                    Outcome.UNREACHABLE,
                    ShownAddress.of(at) + ": expected the bytes as they are, got Content-Encoding " + head.encoding());
        }
        long bytes = new SpoolingBody(download, settings.maxBytes(), bandwidth).read(body);
        return bytes > settings.maxBytes()
                ? Fetcher.tooLarge("at least " + bytes, settings.maxBytes())
                : new Fetched(download.file(), bytes, true);
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

package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.HttpExchange.Head;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * Downloads {@code http:} and {@code https:} addresses into the spool. An attempt after a broken one goes on where that ended, if the host can tell that
 * the file is still the same. A spool that is full may be emptied by others, so that is tried again too.
 */
final class HttpFetcher {

    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final long maxBytes;
    private final Spool spool;
    private final HttpDialogue dialogue;

    HttpFetcher(long maxBytes, Spool spool, HttpDialogue dialogue) {
        this.maxBytes = maxBytes;
        this.spool = spool;
        this.dialogue = dialogue;
    }

    FetchResult fetch(URI address, Deadline deadline) throws InterruptedException {
        if (deadline.hasPassed()) {
            return new NotFetched(Outcome.TIMED_OUT, "not begun by the deadline; see " + FetchSettings.DEADLINE);
        }
        Path copy;
        try {
            copy = spool.newFile();
        } catch (IOException e) {
            dialogue.checkOpen();
            return new NotFetched(Outcome.FAILED, "spool: " + e);
        }
        Fetched fetched = null;
        try {
            fetched = dialogue.ask(address, new Download(new PartialDownload(copy)), deadline);
            return fetched;
        } catch (HttpFailure e) {
            dialogue.checkOpen();
            return e.result();
        } finally {
            if (fetched == null) {
                Fetched.remove(copy);
            }
        }
    }

    private final class Download implements HttpDialogue.Question<Fetched> {

        private final PartialDownload download;

        Download(PartialDownload download) {
            this.download = download;
        }

        @Override
        public Map<String, String> headers(URI hop) {
            return download.conditions(hop);
        }

        @Override
        public long received() {
            return download.bytes();
        }

        @Override
        public Fetched read(Head head, InputStream body, URI from) throws IOException, InterruptedException {
            if (head.status() == HttpExchange.OK) {
                download.startOver(from, head.headers());
                return received(head, body, from);
            }
            if (head.status() == HttpExchange.PARTIAL_CONTENT && download.bytes() > 0) {
                String mismatch = download.mismatch(head.headers());
                if (mismatch == null) {
                    return received(head, body, from);
                }
                download.forget();
                throw HttpFailure.passing(Outcome.UNREACHABLE, ShownAddress.of(from) + ": " + mismatch);
            }
            String reason = HttpDialogue.unexpected(head.status(), from);
            if (head.status() == RANGE_NOT_SATISFIABLE && download.bytes() > 0) {
                download.forget();
                throw HttpFailure.passing(Outcome.UNREACHABLE, reason);
            }
            throw HttpFailure.lasting(Outcome.UNREACHABLE, reason);
        }

        private Fetched received(Head head, InputStream body, URI from) throws IOException, InterruptedException {
            if (download.totalBytes() > maxBytes) {
                throw tooLarge(download.totalBytes());
            }
            if (!head.isPlain()) {
                throw HttpFailure.lasting(
                        Outcome.UNREACHABLE,
                        ShownAddress.of(from) + ": expected the bytes as they are, got Content-Encoding "
                                + head.encoding());
            }
            long bytes = spooled(body);
            if (bytes > maxBytes) {
                throw tooLarge(bytes);
            }
            return new Fetched(download.file(), bytes, true);
        }

        private long spooled(InputStream body) throws IOException, InterruptedException {
            try {
                return new SpoolingBody(download, maxBytes, dialogue.bandwidth()).read(body);
            } catch (SpoolingBody.SpoolException e) {
                throw HttpFailure.passing(Outcome.FAILED, e.getMessage());
            }
        }

        private HttpFailure tooLarge(long bytes) {
            var result = Fetcher.tooLarge("at least " + bytes, maxBytes);
            return HttpFailure.lasting(result.outcome(), result.reason());
        }
    }
}

package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.HttpExchange.Head;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Downloads {@code http:} and {@code https:} addresses into the spool. An attempt after a broken one goes on where that ended, if the host can tell that
 * the file is still the same. A disk that is full may be emptied by others, so that is tried again until the deadline.
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

    /**
     * @param room in which the copy is written; kept by what was fetched, and else to be given back by the caller
     * @throws NoRoomException if there is not enough of it
     */
    FetchResult fetch(URI address, Deadline deadline, SpoolLease room) throws NoRoomException, InterruptedException {
        if (deadline.hasPassed()) {
            return new NotFetched(Outcome.TIMED_OUT, "not begun by the deadline; see " + FetchSettings.DEADLINE);
        }
        Path copy;
        try {
            copy = newCopy(deadline);
        } catch (IOException e) {
            dialogue.checkOpen();
            return new NotFetched(Outcome.FAILED, "spool: " + e);
        }
        Fetched fetched = null;
        try {
            var download = new Download(new PartialDownload(copy), room);
            fetched = dialogue.ask(address, download, deadline).orElse(null);
            if (fetched == null) {
                throw new NoRoomException(download.neededBytes);
            }
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

    /** On a disk that is full there may be room later. */
    private Path newCopy(Deadline deadline) throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return spool.newFile();
            } catch (NoSuchFileException e) {
                throw e; // the folder is gone, and will not come back
            } catch (IOException e) {
                if (!dialogue.pause(attempt, Duration.ZERO, deadline)) {
                    throw e;
                }
            }
        }
    }

    /** Its answer is empty if there is no room for it. */
    private final class Download implements HttpDialogue.Question<Optional<Fetched>> {

        private final PartialDownload download;
        private final SpoolLease room;
        private volatile long neededBytes;

        Download(PartialDownload download, SpoolLease room) {
            this.download = download;
            this.room = room;
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
        public Optional<Fetched> read(Head head, InputStream body, URI from) throws IOException, InterruptedException {
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
            if (head.status() == RANGE_NOT_SATISFIABLE && download.bytes() > 0) {
                download.forget();
                throw HttpFailure.passing(Outcome.UNREACHABLE, HttpDialogue.unexpected(head.status(), from));
            }
            throw HttpFailure.status(head.status(), from);
        }

        private Optional<Fetched> received(Head head, InputStream body, URI from)
                throws IOException, InterruptedException {
            if (download.totalBytes() > maxBytes) {
                throw tooLarge(download.totalBytes());
            }
            if (!head.isPlain()) {
                throw HttpFailure.lasting(
                        Outcome.UNREACHABLE,
                        ShownAddress.of(from) + ": expected the bytes as they are, got Content-Encoding "
                                + head.encoding());
            }
            long roomBytes = roomBytes();
            if (!room.resize(roomBytes)) {
                neededBytes = roomBytes;
                return Optional.empty();
            }
            long bytes = spooled(body, roomBytes);
            if (bytes > maxBytes) {
                throw tooLarge(bytes);
            }
            if (bytes > roomBytes) {
                neededBytes = bytes;
                return Optional.empty();
            }
            room.resize(bytes);
            return Optional.of(new Fetched(download.file(), bytes, room));
        }

        /** What the file takes; as much as it may take if its host does not say, or as there can be. */
        private long roomBytes() {
            return download.totalBytes() >= 0
                    ? download.totalBytes()
                    : Math.max(1, Math.min(maxBytes, room.mostBytes()));
        }

        private long spooled(InputStream body, long roomBytes) throws IOException, InterruptedException {
            try {
                return new SpoolingBody(download, roomBytes, dialogue.bandwidth()).read(body);
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

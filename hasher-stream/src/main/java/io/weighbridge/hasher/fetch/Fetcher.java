package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Locale;

/** Fetches the bytes of model files. Safe for use by many threads; one per process. */
public final class Fetcher implements AutoCloseable {

    private final FetchSettings settings;
    private final Spool spool;
    private final FileFetcher files;
    private final Closing closing = new Closing();
    private final HttpExchange exchange;
    private final HttpFetcher http;

    private Fetcher(FetchSettings settings, Spool spool) {
        this.settings = settings;
        this.spool = spool;
        files = new FileFetcher(settings);
        exchange = new HttpExchange(settings);
        http = new HttpFetcher(settings, spool, HostGate.of(settings), exchange, closing);
    }

    /**
     * Opens the spool folder, and clears it of what crashed processes left.
     *
     * @throws IOException if the spool folder cannot be written to
     */
    public static Fetcher open(FetchSettings settings) throws IOException {
        return new Fetcher(settings, Spool.open(settings.spoolFolder()));
    }

    /**
     * The bytes at the file's address, or why there are none. Blocks, at most until the deadline in the settings.
     *
     * @return {@link FetchResult.Fetched}, to be closed by the caller, or {@link NotFetched}
     * @throws InterruptedException if the thread was interrupted, or this was closed: the fetch is to be forgotten, not judged
     */
    public FetchResult fetch(ModelFile file) throws InterruptedException {
        return fetch(file, Deadline.in(settings.http().deadline()));
    }

    /**
     * The same by a deadline that others may share, such as all files of an upload; the one in the settings holds as well.
     *
     * @throws InterruptedException if the thread was interrupted, or this was closed
     */
    public FetchResult fetch(ModelFile file, Deadline shared) throws InterruptedException {
        var deadline = Deadline.in(shared.cap(settings.http().deadline()));
        Long statedBytes = file.getSizeBytes();
        if (statedBytes != null && statedBytes > settings.maxBytes()) {
            return tooLarge("a stated size of " + statedBytes + " bytes", settings.maxBytes());
        }
        try {
            return fetch(new URI(file.getUrl()), deadline);
        } catch (URISyntaxException e) {
            return new NotFetched(Outcome.MALFORMED, "url: " + e.getReason() + " at character " + e.getIndex());
        }
    }

    private FetchResult fetch(URI address, Deadline deadline) throws InterruptedException {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> files.fetch(address);
            case "http", "https" -> http.fetch(address, deadline);
            case "s3" -> fetchObject(address, deadline);
            case "null" ->
                new NotFetched(Outcome.MALFORMED, "url: expected file:, http:, https: or s3:, got no scheme");
            default ->
                new NotFetched(Outcome.UNSUPPORTED, "url: expected file:, http:, https: or s3:, got " + scheme + ":");
        };
    }

    private FetchResult fetchObject(URI address, Deadline deadline) throws InterruptedException {
        var object = S3Address.of(address);
        if (object.isEmpty()) {
            return new NotFetched(Outcome.MALFORMED, S3Address.FORM);
        }
        var s3 = settings.s3();
        if (s3.endpoint().isEmpty()) {
            return new NotFetched(
                    Outcome.FORBIDDEN, "s3: addresses are off; " + S3Settings.ENDPOINT + " names the store to ask");
        }
        var signed = object.get().at(s3.endpoint().get(), s3, Instant.now(), deadline.remaining());
        return http.fetch(signed, deadline);
    }

    static NotFetched tooLarge(String got, long maxBytes) {
        return new NotFetched(
                Outcome.TOO_LARGE, FetchSettings.MAX_BYTES + ": expected at most " + maxBytes + " bytes, got " + got);
    }

    /** Aborts what is under way, and removes every spooled file. */
    @Override
    public void close() {
        closing.begin();
        exchange.close();
        spool.close();
    }
}

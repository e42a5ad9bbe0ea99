package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Fetches the bytes of model files. Safe for use by many threads; one per process. */
public final class Fetcher implements AutoCloseable {

    private final FetchSettings settings;
    private final Spool spool;
    private final FileFetcher files;
    private final WebFetcher web;
    private final HubListing hub;
    private final FolderListing folders;

    private Fetcher(FetchSettings settings, Spool spool) {
        this.settings = settings;
        this.spool = spool;
        files = new FileFetcher(settings);
        folders = new FolderListing(settings.hub().maxFiles());
        var gate = HostGate.of(settings);
        var reader = new HttpReader(settings, gate, new HttpExchange(settings));
        web = new WebFetcher(settings, new HttpFetcher(settings.forSpool(), spool, gate), reader);
        hub = new HubListing(settings, reader);
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
     * @throws InterruptedException if the thread was interrupted: the fetch is to be forgotten, not judged
     */
    public FetchResult fetch(ModelFile file) throws InterruptedException {
        Long statedBytes = file.getSizeBytes();
        if (statedBytes != null && statedBytes > settings.maxBytes()) {
            return tooLarge("a stated size of " + statedBytes + " bytes", settings.maxBytes());
        }
        if (isHub(file.getUrl())) {
            return fetchFromHub(file);
        }
        try {
            return fetch(new URI(file.getUrl()), statedBytes);
        } catch (URISyntaxException e) {
            return new NotFetched(Outcome.MALFORMED, "url: " + e.getReason() + " at character " + e.getIndex());
        }
    }

    /**
     * The files that an address stands for, if it is that of a repository or of a folder. Blocks, at most until the deadline in the settings.
     *
     * @return empty if it is the address of one file, or of none
     * @throws InterruptedException if the thread was interrupted
     */
    public Optional<ListResult> list(ModelFile file) throws InterruptedException {
        if (isHub(file.getUrl())) {
            var repository = HubAddress.of(file.getUrl()).filter(HubAddress::isRepository);
            var endpoint = settings.hub().endpoint();
            return repository.isEmpty() || endpoint.isEmpty()
                    ? Optional.empty()
                    : Optional.of(hub.list(repository.get(), endpoint.get()));
        }
        return file.getUrl().regionMatches(true, 0, "file:", 0, 5)
                ? folder(file.getUrl()).map(folders::list)
                : Optional.empty();
    }

    private Optional<Path> folder(String url) {
        try {
            return files.folder(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static boolean isHub(String url) {
        return url.regionMatches(true, 0, HubAddress.SCHEME + ":", 0, HubAddress.SCHEME.length() + 1);
    }

    private FetchResult fetchFromHub(ModelFile file) throws InterruptedException {
        var endpoint = settings.hub().endpoint();
        if (endpoint.isEmpty()) {
            return new NotFetched(
                    Outcome.FORBIDDEN, "hf: addresses are off; " + FetchSettings.HF_ENDPOINT + " names the hub to ask");
        }
        var address = HubAddress.of(file.getUrl()).filter(at -> !at.isRepository());
        return address.isEmpty()
                ? new NotFetched(Outcome.MALFORMED, "url: expected hf://OWNER/NAME[@REVISION][/PATH], got another form")
                : web.fetch(address.get().resolve(endpoint.get()), file.getSizeBytes());
    }

    private FetchResult fetch(URI address, Long statedBytes) throws InterruptedException {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> files.fetch(address);
            case "http", "https" -> web.fetch(address, statedBytes);
            case "null" ->
                new NotFetched(Outcome.MALFORMED, "url: expected file:, http:, https: or hf:, got no scheme");
            default ->
                new NotFetched(Outcome.UNSUPPORTED, "url: expected file:, http:, https: or hf:, got " + scheme + ":");
        };
    }

    static NotFetched tooLarge(String got, long maxBytes) {
        return new NotFetched(
                Outcome.TOO_LARGE, FetchSettings.MAX_BYTES + ": expected at most " + maxBytes + " bytes, got " + got);
    }

    /** Removes every spooled file. */
    @Override
    public void close() {
        spool.close();
    }
}

package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Fetches the bytes of model files. Safe for use by many threads; one per process. */
public final class Fetcher implements AutoCloseable {

    private static final String SCHEMES = "file:, http:, https:, hf: or s3:";

    private final FetchSettings settings;
    private final Spool spool;
    private final SpoolRoom room;
    private final FileFetcher files;
    private final Closing closing = new Closing();
    private final HttpExchange exchange;
    private final WebFetcher web;
    private final HubListing hub;
    private final HubRevision revisions;
    private final FolderListing folders;

    private Fetcher(FetchSettings settings, Spool spool) {
        this.settings = settings;
        this.spool = spool;
        room = new SpoolRoom(settings.spool().totalBytes());
        files = new FileFetcher(settings);
        folders = new FolderListing(settings.hub().maxFiles());
        exchange = new HttpExchange(settings);
        var dialogue = new HttpDialogue(settings, HostGate.of(settings), exchange, closing);
        var reader = new HttpReader(dialogue);
        long maxSpooledBytes = Math.min(settings.maxBytes(), settings.range().maxSpooledBytes());
        var spooling = new HttpFetcher(maxSpooledBytes, spool, dialogue);
        web = new WebFetcher(settings, spooling, reader);
        revisions = new HubRevision(reader, settings.hub().maxBytes());
        hub = new HubListing(settings, reader, revisions);
    }

    /**
     * Opens the spool folder, and clears it of what crashed processes left.
     *
     * @throws IOException if the spool folder cannot be written to
     */
    public static Fetcher open(FetchSettings settings) throws IOException {
        return new Fetcher(settings, Spool.open(settings.spool().folder()));
    }

    /**
     * A place in line for the spool, for all files of an upload.
     *
     * @param deadline by which all of them are to be fetched
     * @param behind how many uploads that come later go before this one
     */
    public SpoolClaim claim(Deadline deadline, int behind) {
        return room.claim(deadline, behind);
    }

    /** Bytes that copies in the spool take, or have room for. */
    public long spooledBytes() {
        return room.heldBytes();
    }

    /** The most bytes that copies in the spool may take together. */
    public long mostSpooledBytes() {
        return room.totalBytes();
    }

    /** How many downloads wait for room in the spool. */
    public long waitingForSpool() {
        return room.waiting();
    }

    /**
     * The bytes at the file's address, or why there are none. Blocks, at most until the deadline in the settings.
     *
     * @return {@link FetchResult.Fetched}, to be closed by the caller, or {@link NotFetched}
     * @throws InterruptedException if the thread was interrupted, or this was closed: the fetch is to be forgotten, not judged
     */
    public FetchResult fetch(ModelFile file) throws InterruptedException {
        return fetch(file, claim(Deadline.in(settings.http().deadline()), 0));
    }

    /**
     * The same for one file of an upload. The deadline of the upload holds for downloading and for waiting until there is room in the spool, the one in
     * the settings for downloading alone.
     *
     * @return {@link NotFetched} also if the claim {@linkplain SpoolClaim#isGivingWay is giving way}: the upload is to be begun again then
     * @throws InterruptedException if the thread was interrupted, or this was closed
     */
    public FetchResult fetch(ModelFile file, SpoolClaim claim) throws InterruptedException {
        Long statedBytes = file.getSizeBytes();
        if (statedBytes != null && statedBytes > settings.maxBytes()) {
            return tooLarge("a stated size of " + statedBytes + " bytes", settings.maxBytes());
        }
        var lease = claim.lease();
        FetchResult result = null;
        try {
            result = fetchInto(lease, file, claim.deadline());
            return result;
        } finally {
            if (!(result instanceof Fetched fetched && fetched.isSpooled())) {
                lease.close();
            }
        }
    }

    /** Asks for the file again, from the start, whenever there is the room that it lacked. */
    private FetchResult fetchInto(SpoolLease lease, ModelFile file, Deadline shared) throws InterruptedException {
        while (true) {
            try {
                return fetch(file, Deadline.in(shared.cap(settings.http().deadline())), lease);
            } catch (NoRoomException e) {
                var refusal = lease.await(e.bytes());
                if (refusal.isPresent()) {
                    return refusal.get();
                }
            }
        }
    }

    private FetchResult fetch(ModelFile file, Deadline deadline, SpoolLease lease)
            throws NoRoomException, InterruptedException {
        if (HubAddress.isOne(file.getUrl())) {
            return fetchFromHub(file, deadline, lease);
        }
        try {
            return fetch(new URI(file.getUrl()), file.getSizeBytes(), deadline, lease);
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
        if (HubAddress.isOne(file.getUrl())) {
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

    /**
     * The same file at the commit that its hub's branch or tag is at now; as it was if it is on no hub, or the hub does not tell.
     *
     * @throws InterruptedException if the thread was interrupted, or this was closed
     */
    public ModelFile pinned(ModelFile file, Deadline shared) throws InterruptedException {
        var address = HubAddress.of(file.getUrl()).filter(at -> !at.isRepository());
        var endpoint = settings.hub().endpoint();
        if (address.isEmpty() || endpoint.isEmpty()) {
            return file;
        }
        try {
            var deadline = Deadline.in(shared.cap(settings.http().deadline()));
            var pinned = revisions.pinned(address.get(), endpoint.get(), deadline);
            return ModelFile.newBuilder(file).setUrl(pinned.toString()).build();
        } catch (HttpFailure e) {
            return file; // fetching it will tell why
        }
    }

    private Optional<Path> folder(String url) {
        try {
            return files.folder(new URI(url));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private FetchResult fetchFromHub(ModelFile file, Deadline deadline, SpoolLease lease)
            throws NoRoomException, InterruptedException {
        var endpoint = settings.hub().endpoint();
        if (endpoint.isEmpty()) {
            return new NotFetched(
                    Outcome.FORBIDDEN, "hf: addresses are off; " + FetchSettings.HF_ENDPOINT + " names the hub to ask");
        }
        var address = HubAddress.of(file.getUrl()).filter(at -> !at.isRepository());
        return address.isEmpty()
                ? new NotFetched(Outcome.MALFORMED, "url: expected hf://OWNER/NAME[@REVISION][/PATH], got another form")
                : web.fetch(address.get().resolve(endpoint.get()), file.getSizeBytes(), deadline, lease);
    }

    private FetchResult fetch(URI address, Long statedBytes, Deadline deadline, SpoolLease lease)
            throws NoRoomException, InterruptedException {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "file" -> files.fetch(address);
            case "http", "https" -> web.fetch(address, statedBytes, deadline, lease);
            case "s3" -> fetchObject(address, statedBytes, deadline, lease);
            case "null" -> new NotFetched(Outcome.MALFORMED, "url: expected " + SCHEMES + ", got no scheme");
            default -> new NotFetched(Outcome.UNSUPPORTED, "url: expected " + SCHEMES + ", got " + scheme + ":");
        };
    }

    private FetchResult fetchObject(URI address, Long statedBytes, Deadline deadline, SpoolLease lease)
            throws NoRoomException, InterruptedException {
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
        return web.fetch(signed, statedBytes, deadline, lease);
    }

    static NotFetched tooLarge(String got, long maxBytes) {
        return new NotFetched(
                Outcome.TOO_LARGE, FetchSettings.MAX_BYTES + ": expected at most " + maxBytes + " bytes, got " + got);
    }

    /** Aborts what is under way, and removes every spooled file. */
    @Override
    public void close() {
        closing.begin();
        room.close();
        exchange.close();
        spool.close();
    }
}

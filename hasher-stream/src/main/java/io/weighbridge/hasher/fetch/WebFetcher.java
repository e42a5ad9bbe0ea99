package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.FetchResult.Streamed;
import io.weighbridge.schemas.avro.Outcome;
import java.net.URI;

/** Gives {@code http:} and {@code https:} addresses: small files by a copy in the spool, large ones in stretches, if their hosts allow that. */
final class WebFetcher {

    private final FetchSettings settings;
    private final HttpFetcher spooling;
    private final HttpReader reader;

    /** @param spooling takes no files that are larger than the spool takes */
    WebFetcher(FetchSettings settings, HttpFetcher spooling, HttpReader reader) {
        this.settings = settings;
        this.spooling = spooling;
        this.reader = reader;
    }

    /**
     * @param statedBytes the size that somebody stated; null if nobody did
     * @param room for a copy; kept by what was fetched into it, and else to be given back by the caller
     * @throws NoRoomException if there is not enough of it
     */
    FetchResult fetch(URI address, Long statedBytes, Deadline deadline, SpoolLease room)
            throws NoRoomException, InterruptedException {
        long maxSpooledBytes = settings.range().maxSpooledBytes();
        if (!settings.range().isOn(settings.maxBytes())) {
            return spooling.fetch(address, deadline, room);
        }
        if (statedBytes != null && statedBytes <= maxSpooledBytes) {
            return named(spooling.fetch(address, deadline, room));
        }
        try {
            var range = HttpRange.open(address, reader, settings, deadline);
            if (range.isEmpty() || range.get().sizeBytes() <= maxSpooledBytes) {
                return named(spooling.fetch(address, deadline, room));
            }
            long sizeBytes = range.get().sizeBytes();
            return sizeBytes > settings.maxBytes()
                    ? Fetcher.tooLarge(sizeBytes + " bytes", settings.maxBytes())
                    : new Streamed(range.get());
        } catch (HttpFailure e) {
            return e.result();
        }
    }

    /** A file over the limit of the spool is told of with that limit's name, and why the limit holds for it. */
    private FetchResult named(FetchResult result) {
        return result instanceof NotFetched not && not.outcome() == Outcome.TOO_LARGE
                ? new NotFetched(
                        Outcome.TOO_LARGE,
                        FetchSettings.SPOOL_MAX_BYTES + ": expected at most "
                                + settings.range().maxSpooledBytes()
                                + " bytes, or a host that gives stretches under a strong ETag, got neither")
                : result;
    }
}

package io.weighbridge.hasher.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import io.weighbridge.hasher.fetch.HubPages.BrokenListingException;
import io.weighbridge.hasher.fetch.ListResult.Listed;
import io.weighbridge.hasher.fetch.ListResult.NotListed;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The files of a repository at one commit, as a hub that speaks the Hugging Face protocol lists them: {@code GET api/models/OWNER/NAME/tree/REVISION?recursive=true}
 * gives an array of {@code {type, path, size, lfs: {oid, size}}} in pages, each with the next one's address in its {@code Link} header.
 */
final class HubListing {

    private static final Pattern SHA_256 = Pattern.compile("(?:sha256:)?([0-9a-f]{64})");
    private static final int MAX_PATH_CHARS = 1_000;

    private final FetchSettings settings;
    private final HubPages pages;
    private final HubRevision revisions;

    HubListing(FetchSettings settings, HttpReader reader, HubRevision revisions) {
        this.settings = settings;
        this.pages = new HubPages(reader);
        this.revisions = revisions;
    }

    ListResult list(HubAddress repository, String endpoint) throws InterruptedException {
        try {
            var deadline = Deadline.in(settings.http().deadline());
            var pinned = revisions.pinned(repository, endpoint, deadline);
            return Listed.of(files(pinned, pinned.tree(endpoint), deadline));
        } catch (HttpFailure e) {
            var result = e.result();
            return new NotListed(result.outcome(), result.reason());
        } catch (BrokenListingException e) {
            return new NotListed(Outcome.MALFORMED, "listing of " + repository + ": " + e.getMessage());
        } catch (LargeListingException e) {
            return e.result;
        }
    }

    private List<ModelFile> files(HubAddress repository, URI first, Deadline deadline)
            throws HttpFailure, BrokenListingException, LargeListingException, InterruptedException {
        var limits = settings.hub();
        var files = new ArrayList<ModelFile>();
        long bytes = 0;
        var next = Optional.of(first);
        for (int page = 0; next.isPresent(); page++) {
            if (page == limits.maxPages()) {
                throw tooMuch(FetchSettings.LIST_MAX_PAGES, limits.maxPages() + " pages", repository);
            }
            var read = pages.read(next.get(), first, limits.maxBytes() - bytes, deadline);
            bytes += read.bytes();
            var entries = read.entries()
                    .orElseThrow(() -> tooMuch(FetchSettings.LIST_MAX_BYTES, limits.maxBytes() + " bytes", repository));
            add(entries, repository, files);
            if (files.size() > limits.maxFiles()) {
                throw tooMuch(FetchSettings.LIST_MAX_FILES, limits.maxFiles() + " files", repository);
            }
            next = read.next();
        }
        return files;
    }

    private static void add(JsonNode entries, HubAddress repository, List<ModelFile> files)
            throws BrokenListingException {
        for (var entry : entries) {
            if (entry.path("type").asText().equals("file")) {
                files.add(file(entry, repository));
            }
        }
    }

    private static ModelFile file(JsonNode entry, HubAddress repository) throws BrokenListingException {
        String path = entry.path("path").asText();
        if (!HubAddress.areNames(path) || path.length() > MAX_PATH_CHARS) {
            throw new BrokenListingException("path: expected names with / between them, got " + HubPages.shown(path));
        }
        var lfs = entry.path("lfs");
        var size = lfs.path("size").isIntegralNumber() ? lfs.path("size") : entry.path("size");
        var digest = SHA_256.matcher(lfs.path("oid").asText());
        return ModelFile.newBuilder()
                .setPath(path)
                .setUrl(repository.file(path).toString())
                .setSizeBytes(size.isIntegralNumber() ? size.asLong() : null)
                .setSha256(digest.matches() ? digest.group(1) : null)
                .build();
    }

    private static LargeListingException tooMuch(String setting, String most, HubAddress repository) {
        return new LargeListingException(tooMany(setting, most, "more in " + repository));
    }

    static NotListed tooMany(String setting, String most, String got) {
        return new NotListed(Outcome.TOO_LARGE, setting + ": expected at most " + most + ", got " + got);
    }

    /** A limit would be exceeded. */
    private static final class LargeListingException extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient NotListed result;

        LargeListingException(NotListed result) {
            super(result.reason());
            this.result = result;
        }
    }
}

package io.weighbridge.hasher.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import io.weighbridge.hasher.fetch.HubPages.BrokenListingException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The models of a hub that speaks the Hugging Face protocol: {@code GET api/models} gives an array of {@code {id, sha}} in pages, each with the
 * next one's address in its {@code Link} header. Asks as the hasher does: with its tokens, turns, limits and refusals.
 */
public final class HubModels implements AutoCloseable {

    private static final int PAGE = 1000;
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    private final FetchSettings settings;
    private final Closing closing = new Closing();
    private final HttpExchange exchange;
    private final HubPages pages;

    private HubModels(FetchSettings settings) {
        this.settings = settings;
        exchange = new HttpExchange(settings);
        pages = new HubPages(new HttpReader(new HttpDialogue(settings, HostGate.of(settings), exchange, closing)));
    }

    /** Opens no connection yet. */
    public static HubModels open(FetchSettings settings) {
        return new HubModels(settings);
    }

    /**
     * Calls the visitor for each repository, at the commit that the hub names, in the hub's order: the newest first. An entry that is no
     * repository's is passed over.
     *
     * @param author only repositories of this account; empty for all
     * @param most how many at most
     * @throws IOException if {@code hf:} addresses are off, or the hub's answer is no listing, is too long, or does not come
     * @throws InterruptedException if the thread was interrupted, or this was closed
     */
    public void list(Optional<String> author, long most, Consumer<HubAddress> visit)
            throws IOException, InterruptedException {
        String endpoint = settings.hub()
                .endpoint()
                .orElseThrow(() -> new IOException(FetchSettings.HF_ENDPOINT + ": expected the hub to list, got none"));
        var first = first(endpoint, author, most);
        long left = most;
        for (var next = Optional.of(first); next.isPresent() && left > 0; ) {
            var page = page(next.get(), first);
            for (var entry : page.entries().orElseThrow(() -> tooLong(first))) {
                var repository = repository(entry);
                if (repository.isPresent() && left > 0) {
                    visit.accept(repository.get());
                    left--;
                }
            }
            next = page.next();
        }
    }

    private HubPages.Page page(URI address, URI first) throws IOException, InterruptedException {
        try {
            return pages.read(
                    address,
                    first,
                    settings.hub().maxBytes(),
                    Deadline.in(settings.http().deadline()));
        } catch (BrokenListingException e) {
            throw new IOException("listing of the models of " + first.getAuthority() + ": " + e.getMessage(), e);
        }
    }

    private IOException tooLong(URI first) {
        return new IOException(FetchSettings.LIST_MAX_BYTES + ": expected at most "
                + settings.hub().maxBytes() + " bytes, got more in a page of the models of " + first.getAuthority());
    }

    private static URI first(String endpoint, Optional<String> author, long most) {
        String only = author.map(name -> "&author=" + URLEncoder.encode(name, StandardCharsets.UTF_8))
                .orElse("");
        return URI.create(endpoint + "/api/models?sort=lastModified&direction=-1&full=true&limit="
                + Math.max(1, Math.min(PAGE, most)) + only);
    }

    private static Optional<HubAddress> repository(JsonNode entry) {
        String commit = entry.path("sha").asText();
        return HubAddress.of("hf://" + entry.path("id").asText())
                .filter(HubAddress::isRepository)
                .map(address -> COMMIT.matcher(commit).matches() ? address.at(commit) : address);
    }

    @Override
    public void close() {
        closing.begin();
        exchange.close();
    }
}

package io.weighbridge.hasher.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.hasher.fetch.HttpReader.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the pages of a hub's listings: a JSON array each, with the next one's address in its {@code Link} header. */
final class HubPages {

    /** {@code <ADDRESS>; rel="next"}, in one of possibly several links. */
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>\\s*;[^,]*\\brel=\"?next\"?");

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One page.
     *
     * @param entries an array; empty if the page is longer than it may be
     * @param bytes of the page, or as many as were read of it
     */
    record Page(Optional<JsonNode> entries, int bytes, Optional<URI> next) {}

    /** The hub's answer is no listing. */
    static final class BrokenListingException extends Exception {

        private static final long serialVersionUID = 1L;

        BrokenListingException(String message) {
            super(message);
        }
    }

    private final HttpReader reader;

    HubPages(HttpReader reader) {
        this.reader = reader;
    }

    /**
     * Asks for a page.
     *
     * @param first of the listing: only its host says how it goes on, for a listing must not send us anywhere else
     * @param maxBytes most bytes of the page
     */
    Page read(URI address, URI first, long maxBytes, Deadline deadline)
            throws HttpFailure, BrokenListingException, InterruptedException {
        int most = (int) Math.min(Math.max(1, maxBytes), Integer.MAX_VALUE / 2);
        var reply = reader.get(address, Map.of("Accept", "application/json"), most, deadline);
        if (reply.status() != HttpExchange.OK) {
            throw reply.unexpected();
        }
        return reply.isWhole()
                ? new Page(Optional.of(entries(reply)), reply.body().length, next(reply, first))
                : new Page(Optional.empty(), reply.body().length, Optional.empty());
    }

    private static Optional<URI> next(Reply reply, URI first) throws BrokenListingException {
        for (String link : reply.headers().allValues("Link")) {
            var match = NEXT.matcher(link);
            if (match.find()) {
                return Optional.of(sameHost(match.group(1), first));
            }
        }
        return Optional.empty();
    }

    private static URI sameHost(String address, URI first) throws BrokenListingException {
        try {
            var next = first.resolve(address);
            if (first.getScheme().equalsIgnoreCase(next.getScheme())
                    && first.getRawAuthority().equalsIgnoreCase(next.getRawAuthority())) {
                return next;
            }
        } catch (IllegalArgumentException e) {
            // no address, as below
        }
        throw new BrokenListingException(
                "next page: expected an address at " + first.getRawAuthority() + ", got " + shown(address));
    }

    private static JsonNode entries(Reply reply) throws BrokenListingException {
        try {
            var entries = JSON.readTree(reply.body());
            if (entries != null && entries.isArray()) {
                return entries;
            }
            throw new BrokenListingException("expected an array");
        } catch (JsonProcessingException e) {
            throw new BrokenListingException("expected JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new BrokenListingException("expected JSON: " + e.getMessage());
        }
    }

    /** A hub's text, short and without control characters. */
    static String shown(String text) {
        var plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= 100 ? plain : plain.substring(0, 100) + "...";
    }
}

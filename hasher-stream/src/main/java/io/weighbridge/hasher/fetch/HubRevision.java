package io.weighbridge.hasher.fetch;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Which commit a branch or tag of a hub's repository is at, asked for once: so all files come from one commit, whatever is pushed meanwhile.
 * {@code GET api/models/OWNER/NAME/revision/REVISION} gives {@code {sha: COMMIT}}.
 */
final class HubRevision {

    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}(?:[0-9a-f]{24})?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpReader reader;
    private final int maxBytes;

    /** @param maxBytes most bytes of the answer */
    HubRevision(HttpReader reader, long maxBytes) {
        this.reader = reader;
        this.maxBytes = (int) Math.min(Math.max(1, maxBytes), Integer.MAX_VALUE / 2);
    }

    /**
     * The same address at a commit; as it was if it names one, or the hub does not tell.
     *
     * @throws HttpFailure if the hub does not answer
     */
    HubAddress pinned(HubAddress address, String endpoint, Deadline deadline) throws HttpFailure, InterruptedException {
        if (COMMIT.matcher(address.revision()).matches()) {
            return address;
        }
        var reply = reader.get(address.commit(endpoint), Map.of("Accept", "application/json"), maxBytes, deadline);
        String commit = reply.status() == HttpExchange.OK && reply.isWhole() ? commit(reply.body()) : "";
        return COMMIT.matcher(commit).matches() ? address.at(commit) : address;
    }

    private static String commit(byte[] body) {
        try {
            return JSON.readTree(body).path("sha").asText();
        } catch (IOException e) {
            return "";
        }
    }
}

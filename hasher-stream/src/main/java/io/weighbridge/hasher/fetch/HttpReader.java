package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.HttpExchange.Head;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Map;

/** Reads small answers of {@code http:} and {@code https:} addresses into memory: pages of a listing, stretches of a file. */
final class HttpReader {

    private static final int BUFFER_BYTES = 1 << 16;

    private final HttpDialogue dialogue;

    HttpReader(HttpDialogue dialogue) {
        this.dialogue = dialogue;
    }

    /**
     * An answer that is no redirect and no passing failure.
     *
     * @param body what was read of it: at most as much as was asked for, and nothing unless the status is 200 or 206
     * @param isWhole whether that is all
     * @param from the address that answered
     */
    record Reply(int status, HttpHeaders headers, byte[] body, boolean isWhole, URI from) {

        String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** The failure that any status but the expected ones is. */
        HttpFailure unexpected() {
            return HttpFailure.status(status, from);
        }
    }

    /**
     * Asks for an address.
     *
     * @param headers to send beside the usual ones, to every host on the way
     * @param maxBytes most bytes of the body to read
     * @throws HttpFailure if there is no answer by the deadline, or after so many attempts
     */
    Reply get(URI address, Map<String, String> headers, int maxBytes, Deadline deadline)
            throws HttpFailure, InterruptedException {
        return dialogue.ask(address, new Reading(headers, maxBytes), deadline);
    }

    private final class Reading implements HttpDialogue.Question<Reply> {

        private final Map<String, String> headers;
        private final int maxBytes;
        private volatile int received;

        Reading(Map<String, String> headers, int maxBytes) {
            this.headers = headers;
            this.maxBytes = maxBytes;
        }

        @Override
        public Map<String, String> headers(URI hop) {
            return headers;
        }

        @Override
        public long received() {
            return received;
        }

        @Override
        public Reply read(Head head, InputStream body, URI from) throws IOException, InterruptedException {
            boolean hasBody = head.status() == HttpExchange.OK || head.status() == HttpExchange.PARTIAL_CONTENT;
            var content = hasBody ? content(body) : new byte[0];
            boolean isWhole = !hasBody || body.read() < 0;
            return new Reply(head.status(), head.headers(), content, isWhole, from);
        }

        private byte[] content(InputStream body) throws IOException, InterruptedException {
            var content = new ByteArrayOutputStream();
            received = 0;
            while (received < maxBytes) {
                var bytes = body.readNBytes(Math.min(BUFFER_BYTES, maxBytes - received));
                if (bytes.length == 0) {
                    break;
                }
                content.write(bytes);
                received = content.size();
                dialogue.bandwidth().take(bytes.length);
            }
            return content.toByteArray();
        }
    }
}

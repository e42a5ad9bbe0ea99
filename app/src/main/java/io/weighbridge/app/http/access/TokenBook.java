package io.weighbridge.app.http.access;

import static io.weighbridge.schemas.LogEvent.event;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tokens that hold now: those of the file, read again whenever it has changed. None hold while it cannot be read. */
final class TokenBook {

    private static final Logger LOG = LoggerFactory.getLogger(TokenBook.class);

    private final TokenFile file;
    private final InstantSource clock;
    private State state;

    /** @param version what of the file tells whether it has changed; empty if it is not there or cannot be looked at */
    private record State(Optional<String> version, List<Token> tokens) {}

    /** @throws IOException if the file cannot be read */
    TokenBook(TokenFile file, InstantSource clock) throws IOException {
        this.file = file;
        this.clock = clock;
        this.state = new State(version(), file.read());
    }

    /** The token with this text. All hashes are compared, each in constant time, whichever it is. */
    Optional<Token> find(String text) {
        if (!TokenText.isWellFormed(text)) {
            return Optional.empty();
        }
        return ofHash(TokenText.hash(text));
    }

    /** The token with this hash, if it still holds. */
    Optional<Token> ofHash(String hash) {
        byte[] wanted = hash.getBytes(StandardCharsets.US_ASCII);
        Token found = null;
        for (Token token : tokens()) {
            if (MessageDigest.isEqual(token.hash().getBytes(StandardCharsets.US_ASCII), wanted)) {
                found = token;
            }
        }
        return Optional.ofNullable(found).filter(token -> !token.isExpired(clock.instant()));
    }

    private synchronized List<Token> tokens() {
        var version = version();
        if (!version.equals(state.version())) {
            state = new State(version, readOrNone());
        }
        return state.tokens();
    }

    private List<Token> readOrNone() {
        try {
            var tokens = file.read();
            LOG.info(event("tokens.read"), "{}: {} tokens", file.path(), tokens.size());
            return tokens;
        } catch (IOException e) {
            LOG.error(event("tokens.unreadable"), "no token holds until this is put right: {}", e.getMessage());
            return List.of();
        }
    }

    /** A file that is replaced as a whole has another key; one that is edited in place another time or size. */
    private Optional<String> version() {
        try {
            var seen = Files.readAttributes(file.path(), BasicFileAttributes.class);
            return Optional.of(seen.fileKey() + " " + seen.lastModifiedTime() + " " + seen.size());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}

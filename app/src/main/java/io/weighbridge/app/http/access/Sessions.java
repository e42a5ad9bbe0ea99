package io.weighbridge.app.http.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;

/** The sessions of this process; they end with it. Each ends after idling, at its latest end, at logout, and when its token is no longer good. */
final class Sessions {

    /** More sessions than this push out those used least. */
    private static final int MOST = 10_000;

    private static final int SECRET_BYTES = 32;

    private record Kept(Session session, Instant usedAt) {}

    private final Cache<String, Kept> sessions =
            Caffeine.newBuilder().maximumSize(MOST).build();
    private final SecureRandom random = new SecureRandom();
    private final TokenBook tokens;
    private final Duration idle;
    private final Duration longest;
    private final InstantSource clock;

    Sessions(TokenBook tokens, Duration idle, Duration longest, InstantSource clock) {
        this.tokens = tokens;
        this.idle = idle;
        this.longest = longest;
        this.clock = clock;
    }

    Session start(Token token) {
        Instant now = clock.instant();
        Instant end = Stream.concat(
                        Stream.of(now.plus(longest).truncatedTo(ChronoUnit.SECONDS)), token.expiresAt().stream())
                .min(Instant::compareTo)
                .orElseThrow();
        var session = new Session(secret(), token.hash(), token.actor(), secret(), end);
        sessions.put(TokenText.hash(session.id()), new Kept(session, now));
        return session;
    }

    /** The session, which is thereby used; empty if there is none, or no longer. */
    Optional<Session> use(String id) {
        var found = find(id);
        found.ifPresent(session -> sessions.put(TokenText.hash(id), new Kept(session, clock.instant())));
        return found;
    }

    /** The same without using it. */
    Optional<Session> find(String id) {
        String key = TokenText.hash(id);
        Kept kept = sessions.getIfPresent(key);
        if (kept == null) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        boolean isGood = now.isBefore(kept.session().expiresAt())
                && now.isBefore(kept.usedAt().plus(idle))
                && tokens.ofHash(kept.session().tokenHash())
                        .filter(token -> token.actor().equals(kept.session().actor()))
                        .isPresent();
        if (!isGood) {
            sessions.invalidate(key);
            return Optional.empty();
        }
        return Optional.of(kept.session());
    }

    void end(String id) {
        sessions.invalidate(TokenText.hash(id));
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}

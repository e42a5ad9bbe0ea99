package io.weighbridge.app.http.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);

    @TempDir
    private Path folder;

    private TokenFile file;
    private TokenBook tokens;
    private Sessions sessions;

    @BeforeEach
    void open() throws IOException {
        file = new TokenFile(folder.resolve("tokens.json"));
        file.create("forever", ApiRole.ANALYST, START, Optional.empty());
        file.create("hour", ApiRole.ANALYST, START, Optional.of(START.plus(Duration.ofHours(1))));
        tokens = new TokenBook(file, now::get);
        sessions = new Sessions(tokens, Duration.ofMinutes(30), Duration.ofHours(12), now::get);
    }

    @Test
    void shouldEndAfterIdling() throws IOException {
        var session = sessions.start(file.read().get(0));

        pass(Duration.ofMinutes(29));
        assertThat(sessions.use(session.id())).isPresent();
        pass(Duration.ofMinutes(29));
        assertThat(sessions.use(session.id())).as("used meanwhile").isPresent();
        pass(Duration.ofMinutes(30));

        assertThat(sessions.use(session.id())).isEmpty();
    }

    @Test
    void shouldNotBeUsedByLookingAtIt() throws IOException {
        var session = sessions.start(file.read().get(0));

        pass(Duration.ofMinutes(29));
        assertThat(sessions.find(session.id())).isPresent();
        pass(Duration.ofMinutes(1));

        assertThat(sessions.find(session.id())).isEmpty();
    }

    @Test
    void shouldEndAtItsLatestEndHoweverMuchItIsUsed() throws IOException {
        var session = sessions.start(file.read().get(0));
        assertThat(session.expiresAt()).isEqualTo(START.plus(Duration.ofHours(12)));

        for (int i = 0; i < 35; i++) {
            pass(Duration.ofMinutes(20));
            assertThat(sessions.use(session.id())).isPresent();
        }
        pass(Duration.ofMinutes(20));

        assertThat(sessions.use(session.id())).isEmpty();
    }

    @Test
    void shouldEndWithItsToken() throws IOException {
        var session = sessions.start(file.read().get(1));
        assertThat(session.expiresAt()).isEqualTo(START.plus(Duration.ofHours(1)));

        for (int i = 0; i < 2; i++) {
            pass(Duration.ofMinutes(29));
            assertThat(sessions.use(session.id())).isPresent();
        }
        pass(Duration.ofMinutes(2));

        assertThat(sessions.use(session.id())).isEmpty();
    }

    @Test
    void shouldEndWhenItsNameGoesToAnotherToken() throws IOException {
        var session = sessions.start(file.read().get(0));

        file.revoke("forever");
        file.create("forever", ApiRole.ADMIN, START, Optional.empty());

        assertThat(sessions.use(session.id())).isEmpty();
    }

    @Test
    void shouldNotTellItsSecretsInLogs() throws IOException {
        var session = sessions.start(file.read().get(0));

        assertThat(session.toString()).doesNotContain(session.id()).doesNotContain(session.csrfToken());
    }

    private void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }
}

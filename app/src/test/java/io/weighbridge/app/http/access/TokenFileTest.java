package io.weighbridge.app.http.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @TempDir
    private Path folder;

    private TokenFile file;

    @BeforeEach
    void open() {
        file = new TokenFile(folder.resolve("deep/tokens.json"));
    }

    @Test
    void shouldMakeTextsThatScannersFindAndNobodyGuesses() {
        var random = new SecureRandom();
        var texts = new HashSet<String>();
        for (int i = 0; i < 200; i++) {
            String text = TokenText.random(random);
            assertThat(text).matches("wb_[0-9A-Za-z]{49}");
            assertThat(TokenText.isWellFormed(text)).isTrue();
            texts.add(text);
        }
        assertThat(texts).hasSize(200);
    }

    @Test
    void shouldTellAMisspeltText() {
        String text = TokenText.random(new SecureRandom());

        for (int i = 3; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(TokenText.isWellFormed(text.substring(0, i) + other + text.substring(i + 1)))
                    .as("at " + i)
                    .isFalse();
        }
    }

    @Test
    void shouldKeepAHashAndNotTheText() throws IOException {
        String text = file.create("ci", ApiRole.CURATOR, NOW, Optional.of(NOW.plusSeconds(9)));

        assertThat(file.read())
                .containsExactly(
                        new Token("ci", TokenText.hash(text), ApiRole.CURATOR, NOW, Optional.of(NOW.plusSeconds(9))));
        assertThat(Files.readString(file.path())).doesNotContain(text).doesNotContain(text.substring(3, 20));
    }

    @Test
    void shouldBeItsOwnersAlone() throws IOException {
        file.create("ci", ApiRole.VIEWER, NOW, Optional.empty());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");

        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("chmod 600");
    }

    @Test
    void shouldRefuseANameThatIsTaken() throws IOException {
        file.create("ci", ApiRole.VIEWER, NOW, Optional.empty());

        assertThatThrownBy(() -> file.create("ci", ApiRole.ADMIN, NOW, Optional.empty()))
                .hasMessageContaining("ci is taken");
        assertThat(file.read()).extracting(Token::role).containsExactly(ApiRole.VIEWER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "-x", "a/b", "anonymous", "demo", "ü"})
    void shouldRefuseANameThatCanBeNone(String name) {
        assertThatThrownBy(() -> file.create(name, ApiRole.ADMIN, NOW, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("name: expected");
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void shouldRevokeOneToken() throws IOException {
        file.create("a", ApiRole.VIEWER, NOW, Optional.empty());
        file.create("b", ApiRole.VIEWER, NOW, Optional.empty());

        assertThat(file.revoke("a")).isTrue();
        assertThat(file.revoke("a")).isFalse();
        assertThat(file.read()).extracting(Token::name).containsExactly("b");
    }

    @Test
    void shouldHoldNoTokenWithoutAFile() throws IOException {
        assertThat(file.read()).isEqualTo(List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{\"tokens\": [{}]}",
                "{\"tokens\": [{\"name\": \"a\", \"sha256\": \"00\", \"role\": \"admin\", \"createdAt\": \"2026-01-01T00:00:00Z\"}]}",
                "{\"tokens\": [{\"name\": \"a\", \"sha256\": \"00\", \"role\": \"anyone\"}]}"
            })
    void shouldSayThatAFileHoldsSomethingElse(String content) throws IOException {
        PrivateFile.write(file.path(), content.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(file::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("tokens.json: expected tokens");
    }
}

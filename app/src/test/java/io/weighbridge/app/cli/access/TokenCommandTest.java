package io.weighbridge.app.cli.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.app.http.access.Token;
import io.weighbridge.app.http.access.TokenFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintTheTextAloneAndOnlyOnce() throws IOException {
        assertThat(run("create", "--name", "ci", "--role", "curator", "--expires", "P90D"))
                .isZero();

        assertThat(out.toString().strip()).matches("wb_[0-9A-Za-z]{49}");
        assertThat(err.toString()).contains("ci (curator)").contains("not shown again");
        assertThat(read()).singleElement().satisfies(token -> {
            assertThat(token.role()).isEqualTo(ApiRole.CURATOR);
            assertThat(Duration.between(Instant.now(), token.expiresAt().orElseThrow()))
                    .isBetween(Duration.ofDays(89), Duration.ofDays(90));
        });
    }

    @Test
    void shouldWriteTheTextToAFileOfItsOwnersAlone() throws IOException {
        var to = folder.resolve("ci.token");

        assertThat(run("create", "--name", "ci", "--role", "viewer", "--to", to.toString()))
                .isZero();

        assertThat(out.toString()).isEmpty();
        assertThat(Files.readString(to)).matches("wb_[0-9A-Za-z]{49}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(to)))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldLeaveATokenAloneThatIsThere() throws IOException {
        run("create", "--name", "ci", "--role", "viewer");
        var before = read();

        assertThat(run("create", "--if-absent", "--name", "ci", "--role", "admin"))
                .isZero();

        assertThat(read()).isEqualTo(before);
    }

    @Test
    void shouldListTokensWithoutTheirTexts() throws IOException {
        run("create", "--name", "ci", "--role", "viewer");
        String text = out.toString().strip();
        out.getBuffer().setLength(0);

        assertThat(run("ls")).isZero();
        assertThat(out.toString()).contains("ci", "viewer", "never").doesNotContain(text);
        out.getBuffer().setLength(0);
        assertThat(run("ls", "--format", "json")).isZero();
        var json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("name").asText()).isEqualTo("ci");
        assertThat(json.path("expiresAt").isNull()).isTrue();
    }

    @Test
    void shouldSayThatThereIsNone() {
        assertThat(run("ls")).isZero();

        assertThat(out.toString()).startsWith("No token in ");
    }

    @Test
    void shouldRevoke() throws IOException {
        run("create", "--name", "ci", "--role", "viewer");

        assertThat(run("revoke", "ci")).isZero();
        assertThat(read()).isEmpty();
        assertThat(run("revoke", "ci")).isEqualTo(2);
        assertThat(err.toString()).contains("token ci: not in");
    }

    @Test
    void shouldRefuseATakenName() {
        run("create", "--name", "ci", "--role", "viewer");

        assertThat(run("create", "--name", "ci", "--role", "admin")).isEqualTo(2);
        assertThat(err.toString()).contains("ci is taken");
    }

    @ParameterizedTest
    @ValueSource(strings = {"P0D", "-P1D", "90", "PT0S", "P1DT", "soon"})
    void shouldRefuseAPeriodThatIsNone(String period) throws IOException {
        assertThat(run("create", "--name", "ci", "--role", "viewer", "--expires=" + period))
                .isEqualTo(4);

        assertThat(err.toString()).contains("--expires: expected a period");
        assertThat(read()).isEmpty();
    }

    @Test
    void shouldRefuseARoleThatIsNone() {
        assertThat(run("create", "--name", "ci", "--role", "anyone")).isEqualTo(4);
    }

    private List<Token> read() throws IOException {
        return new TokenFile(folder.resolve("tokens.json")).read();
    }

    private int run(String... arguments) {
        var all = new ArrayList<>(List.of("token"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--data", folder.toString()));
        return Weighbridge.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}

package io.weighbridge.app.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.cli.Weighbridge;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldShowWhatIsInForceAndWhereItComesFrom() throws IOException {
        Path file = write("weighbridge.scan.window=7\nsasl.mechanism=PLAIN\n");

        assertThat(run("settings", "--config", file.toString(), "--schema-registry", "http://r:1"))
                .isZero();
        assertThat(out.toString())
                .containsPattern("weighbridge.scan.window +7 +" + file + ":1")
                .containsPattern("weighbridge.scan.interval +PT0.1S +default")
                .containsPattern("sasl.mechanism +PLAIN +" + file + ":2")
                .containsPattern("schema.registry.url +http://r:1 +--schema-registry");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldLeaveOutDefaultsAndSecrets() throws IOException {
        Path file = write("weighbridge.sink.slack.url=http://localhost/s3cret-1\nweighbridge.fetch.token.h=s3cret-2\n"
                + "sasl.jaas.config=s3cret-3\nweighbridge.tokn=s3cret-4\nschema.registry.url=http://u:s3cret-5@r/\n");

        assertThat(run("settings", "--set-only", "--format", "json", "--config", file.toString()))
                .isEqualTo(2);
        assertThat(out.toString())
                .contains("{\"setting\":\"sasl.jaas.config\",\"value\":\"(not shown)\",\"origin\":\"" + file + ":3\"}")
                .contains("weighbridge.sink.slack.url", "weighbridge.fetch.token.h", "weighbridge.tokn")
                .doesNotContain("s3cret", "default");
        assertThat(err.toString())
                .contains("weighbridge.tokn: there is no such setting; did you mean weighbridge.token?")
                .doesNotContain("s3cret");
    }

    @Test
    void shouldRefuseAnUnknownSettingInEveryCommandThatReadsSettings() throws IOException {
        String file = write("weighbridge.scna.threads=1\n").toString();
        String[][] commands = {
            {"alerts", "ls"},
            {"topics", "create"},
            {"run", "hasher"},
            {"serve"},
            {"up"},
            {"demo"},
            {"hash", file},
            {"compare", file, file},
            {"token", "ls"},
            {"topology", "matcher"},
            {"upload", file}
        };
        for (String[] command : commands) {
            err.getBuffer().setLength(0);
            var arguments = new ArrayList<>(List.of(command));
            arguments.addAll(List.of("--config", file));
            assertThat(run(arguments.toArray(String[]::new)))
                    .as(arguments.toString())
                    .isEqualTo(2);
            assertThat(err.toString())
                    .as(arguments.toString())
                    .contains("weighbridge.scna.threads: there is no such setting;"
                            + " did you mean weighbridge.scan.threads? (" + file + ":1)");
        }
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("wb.properties"), text);
    }

    private int run(String... arguments) {
        return Weighbridge.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }
}

package io.weighbridge.app.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weighbridge.app.cli.CommandStage;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Commands that Ctrl-C ends: they end by themselves when they can do no more, rather than stay and be silent. */
@Timeout(120)
class FollowingCommandsTest {

    private static final String NOWHERE = "http://127.0.0.1:1";

    @TempDir
    private Path folder;

    private CommandStage stage;

    @BeforeEach
    void start() throws Exception {
        stage = CommandStage.start(folder, Map.of());
        stage.write(stage.cluster().topics().infringementAlerts(), "a", alert("a"));
    }

    @AfterEach
    void stop() throws Exception {
        stage.close();
    }

    @Test
    void shouldEndATailThatCannotReadOn() {
        int exit = stage.runAlone(
                "alerts",
                "tail",
                "--from-beginning",
                "--bootstrap-servers",
                stage.broker().bootstrapServers(),
                "--schema-registry",
                NOWHERE);

        assertThat(exit).isEqualTo(ExitCode.ERROR);
        assertThat(stage.err()).startsWith("weighbridge alerts tail: schema of infringement-alerts.v1 partition ");
    }

    @Test
    void shouldEndATailThatNobodyReads() {
        var errors = new StringWriter();
        int exit = Weighbridge.commandLine()
                .setOut(new PrintWriter(new ClosedPipe()))
                .setErr(new PrintWriter(errors))
                .execute(
                        "alerts",
                        "tail",
                        "--from-beginning",
                        "--bootstrap-servers",
                        stage.broker().bootstrapServers(),
                        "--schema-registry",
                        stage.registry().url());

        assertThat(exit).isEqualTo(ExitCode.ERROR);
        assertThat(errors.toString().strip())
                .isEqualTo("weighbridge alerts tail: nobody reads what it prints any more");
    }

    @Test
    void shouldEndAWatchThatCannotSeeWhatComesOfIt() throws Exception {
        Path hub = Files.createDirectories(folder.resolve("hub"));
        var exit = CompletableFuture.supplyAsync(() -> stage.runAlone(
                "watch",
                hub.toString(),
                "--bootstrap-servers",
                stage.broker().bootstrapServers(),
                "--schema-registry",
                NOWHERE));
        // It sees what comes from its start on, whenever that was.
        await().pollInterval(Duration.ofSeconds(1))
                .atMost(Duration.ofMinutes(1))
                .until(() -> {
                    stage.write(stage.cluster().topics().infringementAlerts(), "b", alert("b"));
                    return exit.isDone();
                });

        assertThat(exit.get()).isEqualTo(ExitCode.ERROR);
        assertThat(stage.err()).startsWith("weighbridge watch: schema of infringement-alerts.v1 partition ");
    }

    private static InfringementAlert alert(String id) {
        return InfringementAlert.newBuilder(TestRecords.infringementAlert())
                .setAlertId(id)
                .build();
    }

    /** As standard output is once the program at the other end of the pipe has ended. */
    private static final class ClosedPipe extends Writer {

        @Override
        public void write(char[] text, int from, int count) throws IOException {
            throw new IOException("Broken pipe");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}

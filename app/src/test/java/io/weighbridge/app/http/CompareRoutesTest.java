package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.demo.DemoSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareRoutesTest {

    @TempDir
    private Path models;

    private WebStage stage;

    @BeforeEach
    void open() throws IOException {
        DemoSet.load().extractTo(models);
        stage = new WebStage();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldTellACopyWithItsReasons() throws IOException {
        var answer = send("a", "lenet-original.zip", "b", "lenet-pruned-70-retrained.zip");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(json(answer).path("outcome").asText()).isEqualTo("MATCH");
        assertThat(json(answer).path("a").asText()).isEqualTo("lenet-original.zip");
        assertThat(json(answer).path("explanation").path("sentences")).isNotEmpty();
    }

    @Test
    void shouldTellAStranger() throws IOException {
        assertThat(json(send("a", "lenet-original.zip", "b", "lenet-stranger.zip"))
                        .path("outcome")
                        .asText())
                .isEqualTo("NO_MATCH");
    }

    @Test
    void shouldAskForBothFilesAndNothingElse() throws IOException {
        assertProblem(send("a", "lenet-original.zip"), 422);
        assertProblem(send("a", "lenet-original.zip", "c", "lenet-stranger.zip"), 422);
    }

    private HttpResponse<String> send(String... files) throws IOException {
        var form = new ByteArrayOutputStream();
        for (int i = 0; i < files.length; i += 2) {
            form.writeBytes(("--XX\r\nContent-Disposition: form-data; name=\"" + files[i] + "\"; filename=\""
                            + files[i + 1] + "\"\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            form.writeBytes(Files.readAllBytes(models.resolve(files[i + 1])));
            form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        form.writeBytes("--XX--\r\n".getBytes(StandardCharsets.UTF_8));
        return stage.http.send("POST", "/api/v1/compare", form.toByteArray(), "multipart/form-data; boundary=XX");
    }
}

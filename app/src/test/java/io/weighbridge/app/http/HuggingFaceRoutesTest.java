package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static io.weighbridge.app.http.WebStage.WEBHOOK_SECRET;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.http.webhook.HuggingFaceRoutes;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceRoutesTest {

    private static final String SHA = "c379e821c9c95d613899e8c4343e4bfee2b0c600";

    /** As in the documentation of Hugging Face. */
    private static final String PUSH = """
            {"event": {"action": "update", "scope": "repo.content"},
             "repo": {"type": "model", "name": "some-user/some-repo", "id": "621ffdc036468d709f17434d", "private": false,
                      "url": {"web": "https://huggingface.co/some-user/some-repo",
                              "api": "https://huggingface.co/api/models/some-user/some-repo"},
                      "owner": {"id": "628b753283ef59b5be89e937"}, "headSha": "SHA"},
             "updatedRefs": [{"ref": "refs/heads/main", "oldSha": null, "newSha": "SHA"}],
             "webhook": {"id": "6390e855e30d9209411de93b", "version": 3}}
            """.replace("SHA", SHA);

    @TempDir
    private Path folder;

    private WebStage stage;

    @BeforeEach
    void open() {
        stage = new WebStage();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldPublishACommitToAModel() {
        var accepted = tell(PUSH);

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(json(accepted).path("status").asText()).isEqualTo("accepted");
        assertThat(stage.uploads).hasSize(1);
        UploadEvent upload = stage.uploads.get(0);
        assertThat(upload.getId()).isEqualTo(json(accepted).path("uploadId").asText());
        assertThat(upload.getHub()).isEqualTo("huggingface");
        assertThat(upload.getRepo()).isEqualTo("some-user/some-repo");
        assertThat(upload.getOwner()).isEqualTo("some-user");
        assertThat(upload.getRevision()).isEqualTo(SHA);
        assertThat(upload.getIsPrivate()).isFalse();
        assertThat(upload.getFiles()).singleElement().satisfies(file -> {
            assertThat(file.getPath()).isEqualTo("some-repo");
            assertThat(file.getUrl()).isEqualTo("hf://some-user/some-repo@" + SHA);
        });
    }

    @Test
    void shouldAnswerARepetitionTheSameWithoutAnotherUpload() {
        var first = tell(PUSH);
        var again = tell(PUSH.replace("\"oldSha\": null", "\"oldSha\": \"0\""));
        var next = tell(PUSH.replace(SHA, SHA.replace('c', 'd')));

        assertThat(again.statusCode()).isEqualTo(202);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(next.body()).isNotEqualTo(first.body());
        assertThat(stage.uploads).hasSize(2);
    }

    @Test
    void shouldGiveTheSameCommitTheSameIdAfterARestart() {
        String before = json(tell(PUSH)).path("uploadId").asText();
        try (var restarted = new WebStage()) {
            var again = restarted.http.send("POST", "/webhooks/huggingface", PUSH, "X-Webhook-Secret", WEBHOOK_SECRET);

            assertThat(json(again).path("uploadId").asText()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "\"model\", \"dataset\", only models",
        "\"repo.content\", \"repo.config\", only repo.content",
        "\"repo.content\", \"discussion.comment\", only repo.content",
        "\"update\", \"delete\", nothing is left"
    })
    void shouldIgnoreWhatChangesNoModel(String what, String by, String reason) {
        var ignored = tell(PUSH.replaceFirst(what, by));

        assertThat(ignored.statusCode()).isEqualTo(200);
        assertThat(json(ignored).path("status").asText()).isEqualTo("ignored");
        assertThat(json(ignored).path("reason").asText()).contains(reason);
        assertThat(stage.uploads).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"some-user/some-repo\"|\"../etc\"|/repo/name: expected OWNER/NAME",
                "\"some-user/some-repo\"|\"alone\"|/repo/name: expected OWNER/NAME",
                "\"some-user/some-repo\"|7|/repo/name: expected text",
                "\"headSha\": \"c379|\"headSha\": \"main|/repo/headSha: expected a commit",
                "\"action\"|\"actions\"|/event/action: expected text",
                "\"event\": .*|\"event\": {|body at byte",
                "(?s)^.*$|[]|body: expected a JSON object",
                "(?s)^.*$|null|body: expected a JSON object"
            })
    void shouldSayWhereABodyIsWrong(String what, String by, String detail) {
        var refused = tell(PUSH.replaceFirst(what, by));

        assertProblem(refused, 400);
        assertThat(json(refused).path("detail").asText()).startsWith(detail);
        assertThat(stage.uploads).isEmpty();
    }

    @Test
    void shouldRefuseWhoDoesNotKnowTheSecret() {
        assertProblem(stage.http.send("POST", "/webhooks/huggingface", PUSH), 401);
        assertProblem(
                stage.http.send("POST", "/webhooks/huggingface", PUSH, "X-Webhook-Secret", WEBHOOK_SECRET + "x"), 401);
        assertThat(stage.uploads).isEmpty();
    }

    @Test
    void shouldRefuseABodyThatIsTooLarge() {
        assertProblem(tell(PUSH + " ".repeat(1 << 20)), 413);
    }

    @Test
    void shouldAskToBeToldAgainWhatCannotBePublished() {
        stage.isPublisherBroken = true;
        var refused = tell(PUSH);
        stage.isPublisherBroken = false;

        assertProblem(refused, 503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(tell(PUSH).statusCode()).isEqualTo(202);
        assertThat(stage.uploads).hasSize(1);
    }

    @Test
    void shouldReadTheSecretFromItsFileOrSetting() throws IOException {
        var file = Files.writeString(folder.resolve("secret"), "  0123456789abcdef\n");

        assertThat(HuggingFaceRoutes.secret(new Settings(Map.of(HuggingFaceRoutes.SECRET_FILE, file.toString()))))
                .hasValue("0123456789abcdef");
        assertThat(HuggingFaceRoutes.secret(new Settings(Map.of(HuggingFaceRoutes.SECRET, "fedcba9876543210"))))
                .hasValue("fedcba9876543210");
        assertThat(HuggingFaceRoutes.secret(new Settings(Map.of()))).isEmpty();
        assertThatThrownBy(() -> HuggingFaceRoutes.secret(new Settings(Map.of(HuggingFaceRoutes.SECRET, "short"))))
                .hasMessageContaining("at least 16 characters");
        assertThatThrownBy(() -> HuggingFaceRoutes.secret(new Settings(Map.of(
                        HuggingFaceRoutes.SECRET_FILE, folder.resolve("none").toString()))))
                .hasMessageContaining(HuggingFaceRoutes.SECRET_FILE);
    }

    private HttpResponse<String> tell(String body) {
        return stage.http.send("POST", "/webhooks/huggingface", body, "X-Webhook-Secret", WEBHOOK_SECRET);
    }
}

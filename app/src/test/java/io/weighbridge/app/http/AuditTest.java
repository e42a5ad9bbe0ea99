package io.weighbridge.app.http;

import static io.weighbridge.app.http.GuardedStage.CHANGE;
import static io.weighbridge.app.http.GuardedStage.CURATE;
import static io.weighbridge.app.http.GuardedStage.bearer;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.http.access.ApiRole;
import io.weighbridge.schemas.avro.AuditEntry;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditTest {

    @TempDir
    private Path folder;

    private GuardedStage stage;

    @BeforeEach
    void open() {
        stage = new GuardedStage(folder);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldWriteAChangeDownBeforeAndAfter() {
        var done = stage.http.send("POST", CHANGE + "?x=1", "{}", stage.as(ApiRole.ANALYST, "Idempotency-Key", "k1"));

        assertThat(entries()).extracting(AuditEntry::getStatus).containsExactly(102, 201);
        assertThat(entries()).allSatisfy(entry -> {
            assertThat(entry.getId()).isEqualTo(requestId(done));
            assertThat(entry.getActor()).isEqualTo("analyst-1");
            assertThat(entry.getRole()).isEqualTo("analyst");
            assertThat(entry.getMethod()).isEqualTo("POST");
            assertThat(entry.getPath()).isEqualTo(CHANGE);
            assertThat(entry.getRemote()).isEqualTo("127.0.0.1");
            assertThat(entry.getIdempotencyKey()).isEqualTo("k1");
        });
    }

    @Test
    void shouldChangeNothingThatCannotBeWrittenDown() {
        stage.web.audit.isBroken = true;

        var refused = stage.http.send("POST", CHANGE, "{}", stage.as(ApiRole.ANALYST));

        assertProblem(refused, 503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(stage.changes).hasValue(0);
        assertThat(stage.http.get("/api/v1/summary", stage.as(ApiRole.VIEWER)).statusCode())
                .as("reading goes on")
                .isEqualTo(200);
    }

    @Test
    void shouldWriteDownWhatWasRefusedForWantOfRights() {
        var refused = stage.http.send("POST", CURATE, "{}", stage.as(ApiRole.VIEWER));
        stage.http.send("POST", CURATE, "{}");
        stage.http.get("/api/v1/summary", bearer("guess"));

        assertThat(entries()).extracting(AuditEntry::getStatus).containsExactly(403, 401, 401);
        assertThat(entries()).extracting(AuditEntry::getActor).containsExactly("viewer-1", "anonymous", "anonymous");
        assertThat(entries().get(0).getId()).isEqualTo(requestId(refused));
        assertThat(entries().get(1).getRole()).isNull();
    }

    @Test
    void shouldNotFillUpWithGuessesNorWithReading() {
        for (int i = 0; i < 30; i++) {
            stage.http.get("/api/v1/summary", bearer("guess"));
            stage.http.get("/api/v1/summary");
            stage.http.get("/api/v1/summary", stage.as(ApiRole.VIEWER));
        }

        assertThat(entries()).hasSize(10);
    }

    @Test
    void shouldWriteDownWhoLoggedIn() {
        stage.http.send("POST", "/api/v1/session", "{\"token\": \"" + stage.text(ApiRole.ADMIN) + "\"}");

        assertThat(entries().get(1).getActor()).isEqualTo("admin-1");
        assertThat(entries().toString()).doesNotContain(stage.text(ApiRole.ADMIN));
    }

    @Test
    void shouldGiveEveryAnswerAnIdOfItsOwn() {
        for (String path : List.of("/", "/livez", "/none", "/api/v1/summary")) {
            assertThat(stage.http.get(path, "X-Request-Id", "mine").headers().firstValue("X-Request-Id"))
                    .get()
                    .isNotEqualTo("mine");
        }
        assertThat(stage.http.raw("nonsense\r\n\r\n")).contains("X-Request-Id: ");
    }

    private List<AuditEntry> entries() {
        return stage.web.audit.entries;
    }

    private static String requestId(HttpResponse<String> response) {
        return response.headers().firstValue("X-Request-Id").orElseThrow();
    }
}

package io.weighbridge.app.http;

import static io.weighbridge.app.http.GuardedStage.CHANGE;
import static io.weighbridge.app.http.GuardedStage.CURATE;
import static io.weighbridge.app.http.GuardedStage.FAILING;
import static io.weighbridge.app.http.GuardedStage.SLOW;
import static io.weighbridge.app.http.WebStage.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.http.access.ApiRole;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedRequestsTest {

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
    void shouldGiveTheSameAnswerWithoutDoingItAgain() {
        var first = post(CHANGE, "{}", "key-1", ApiRole.ANALYST);
        var again = post(CHANGE, "{}", "key-1", ApiRole.ANALYST);

        assertThat(stage.changes).hasValue(1);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Location")).hasValue("/api/v1/test/1");
        assertThat(again.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(again.headers().firstValue("Idempotency-Replayed")).hasValue("true");
        assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
        assertThat(again.headers().firstValue("X-Request-Id"))
                .isNotEqualTo(first.headers().firstValue("X-Request-Id"));
    }

    @Test
    void shouldRefuseTheSameKeyWithAnotherBody() {
        post(CHANGE, "{}", "key-1", ApiRole.ANALYST);

        assertProblem(post(CHANGE, "{ }", "key-1", ApiRole.ANALYST), 422);
        assertThat(stage.changes).hasValue(1);
    }

    @Test
    void shouldTellKeysOfOtherActorsAndRoutesApart() {
        post(CHANGE, "{}", "key-1", ApiRole.ADMIN);
        post(CHANGE, "{}", "key-1", ApiRole.CURATOR);
        post(CURATE, "{}", "key-1", ApiRole.CURATOR);
        post(CURATE, "{}", "key-2", ApiRole.CURATOR);

        assertThat(stage.changes).hasValue(4);
    }

    @Test
    void shouldRefuseARequestWhoseTwinIsUnderWay() throws Exception {
        var first = CompletableFuture.supplyAsync(() -> post(SLOW, "{}", "key-1", ApiRole.ANALYST));
        stage.isSlowBegun.await();

        assertProblem(post(SLOW, "{}", "key-1", ApiRole.ANALYST), 409);
        stage.maySlowEnd.countDown();

        assertThat(first.get().statusCode()).isEqualTo(201);
        assertThat(post(SLOW, "{}", "key-1", ApiRole.ANALYST).body())
                .isEqualTo(first.get().body());
        assertThat(stage.changes).hasValue(1);
    }

    @Test
    void shouldTryAgainWhatTheServerFailedAt() {
        assertProblem(post(FAILING, "{}", "key-1", ApiRole.ANALYST), 503);
        assertProblem(post(FAILING, "{}", "key-1", ApiRole.ANALYST), 503);

        assertThat(stage.changes).hasValue(2);
    }

    @Test
    void shouldRefuseKeysThatAreNone() {
        assertProblem(post(CHANGE, "{}", "two words", ApiRole.ANALYST), 400);
        assertProblem(post(CHANGE, "{}", "k".repeat(129), ApiRole.ANALYST), 400);
        assertThat(stage.changes).hasValue(0);
    }

    @Test
    void shouldNotGiveAnAnswerToWhoMayNotHaveIt() {
        post(CURATE, "{}", "key-1", ApiRole.CURATOR);

        assertProblem(post(CURATE, "{}", "key-1", ApiRole.ANALYST), 403);
    }

    private HttpResponse<String> post(String path, String body, String key, ApiRole role) {
        return stage.http.send("POST", path, body, stage.as(role, "Idempotency-Key", key));
    }
}

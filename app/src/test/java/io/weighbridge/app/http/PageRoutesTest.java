package io.weighbridge.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageRoutesTest {

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
    void shouldServeThePageWithNothingInline() {
        var page = stage.http.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.body()).contains("<title>").doesNotContain("<style").doesNotContain("style=");
        assertThat(page.body())
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("onclick");
        assertThat(stage.http.get("/app.js").body()).doesNotContain("innerHTML").doesNotContain("insertAdjacentHTML");
    }

    @Test
    void shouldNotSendAnUnchangedFileAgain() {
        var first = stage.http.get("/app.js");
        var again = stage.http.get(
                "/app.js", "If-None-Match", first.headers().firstValue("ETag").orElseThrow());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }
}

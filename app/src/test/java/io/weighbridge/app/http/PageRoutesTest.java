package io.weighbridge.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageRoutesTest {

    private static final Path WEB = Path.of("src/main/resources/web");
    private static final Pattern IMPORT = Pattern.compile("from \"(\\.[^\"]+)\"");

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
    void shouldServeThePageWithNothingInlineAndNothingFromElsewhere() {
        var page = stage.http.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.body()).contains("<title>").doesNotContain("<style").doesNotContain("style=");
        assertThat(page.body())
                .doesNotContain("http://")
                .doesNotContain("https://")
                .doesNotContain("onclick");
    }

    @Test
    void shouldServeEveryFileOfThePage() throws IOException {
        assertThat(files()).containsExactlyInAnyOrderElementsOf(PageRoutes.FILES);
        for (String name : scripts()) {
            var script = stage.http.get("/" + name);
            assertThat(script.statusCode()).as(name).isEqualTo(200);
            assertThat(script.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/javascript");
        }
    }

    @Test
    void shouldImportOnlyFilesThatAreServed() throws IOException {
        for (String name : scripts()) {
            var imports = IMPORT.matcher(Files.readString(WEB.resolve(name)));
            while (imports.find()) {
                Path imported = Path.of(name).resolveSibling(imports.group(1)).normalize();
                assertThat(PageRoutes.FILES).as("imports of " + name).contains(imported.toString());
            }
        }
    }

    @Test
    void shouldNeverMakeMarkupOutOfTextNorCallElsewhere() throws IOException {
        for (String name : scripts()) {
            assertThat(Files.readString(WEB.resolve(name)))
                    .as(name)
                    .doesNotContain("innerHTML")
                    .doesNotContain("outerHTML")
                    .doesNotContain("insertAdjacentHTML")
                    .doesNotContain("document.write")
                    .doesNotContain("eval(")
                    .doesNotContainPattern("(fetch|import|EventSource)\\(\"https?:");
        }
    }

    @Test
    void shouldNotSendAnUnchangedFileAgain() {
        var first = stage.http.get("/app.js");
        var again = stage.http.get(
                "/app.js", "If-None-Match", first.headers().firstValue("ETag").orElseThrow());

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    private static List<String> scripts() {
        return PageRoutes.FILES.stream().filter(name -> name.endsWith(".js")).toList();
    }

    private static List<String> files() throws IOException {
        try (var all = Files.walk(WEB)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> WEB.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }
}

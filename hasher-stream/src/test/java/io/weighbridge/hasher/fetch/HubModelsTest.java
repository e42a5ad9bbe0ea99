package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub on this machine that lists its models as Hugging Face does. */
class HubModelsTest {

    private static final String COMMIT = "0123456789".repeat(4);

    @TempDir
    private Path folder;

    private HttpStage stage;
    private String endpoint;
    private String first = "[]";
    private String second = "[]";
    private final List<String> queries = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() throws Exception {
        stage = new HttpStage(folder);
        endpoint = stage.on("/hub", HttpStage.status(404));
        stage.on("/hub/api/models", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            queries.add(query);
            boolean isFirst = !query.contains("cursor");
            if (isFirst) {
                exchange.getResponseHeaders().add("Link", "<" + endpoint + "/api/models?cursor=2>; rel=\"next\"");
            }
            HttpStage.body((isFirst ? first : second).getBytes(StandardCharsets.UTF_8))
                    .to(exchange);
        });
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldListAllPagesAtTheirCommitsAndPassOverWhatIsNoRepository() throws Exception {
        first = "[{\"id\":\"o/one\",\"sha\":\"" + COMMIT + "\"},{\"id\":\"../etc\"},{\"name\":\"nothing\"}]";
        second = "[{\"id\":\"o/two\",\"sha\":\"../main\"}]";

        assertThat(list(Optional.of("o&co"), 10)).containsExactly("hf://o/one@" + COMMIT, "hf://o/two@main");
        assertThat(queries.get(0)).contains("author=o&co", "full=true", "limit=10");
    }

    @Test
    void shouldStopWhenThereAreEnough() throws Exception {
        first = "[{\"id\":\"o/one\"},{\"id\":\"o/two\"}]";

        assertThat(list(Optional.empty(), 1)).containsExactly("hf://o/one@main");
        assertThat(queries).hasSize(1);
    }

    @Test
    void shouldSayWhatIsWrongWithAListing() {
        first = "{\"error\":\"busy\"}";

        assertThatThrownBy(() -> list(Optional.empty(), 10))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected an array");
    }

    @Test
    void shouldRefusePagesThatAreTooLong() {
        first = "[" + " ".repeat(2000) + "]";

        assertThatThrownBy(() -> list(
                        Optional.empty(),
                        10,
                        Map.of("weighbridge.fetch.hf.endpoint", endpoint, "weighbridge.fetch.list.max.bytes", "1000")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("weighbridge.fetch.list.max.bytes: expected at most 1000 bytes");
    }

    @Test
    void shouldNameTheSettingWithoutAHub() {
        assertThatThrownBy(() -> list(Optional.empty(), 10, Map.of()))
                .isInstanceOf(IOException.class)
                .hasMessage("weighbridge.fetch.hf.endpoint: expected the hub to list, got none");
    }

    private List<String> list(Optional<String> author, long most) throws Exception {
        return list(author, most, Map.of("weighbridge.fetch.hf.endpoint", endpoint));
    }

    private List<String> list(Optional<String> author, long most, Map<String, String> settings) throws Exception {
        var found = new ArrayList<String>();
        try (var models = HubModels.open(stage.settings(settings))) {
            models.list(author, most, repository -> found.add(repository.toString()));
        }
        return found;
    }
}

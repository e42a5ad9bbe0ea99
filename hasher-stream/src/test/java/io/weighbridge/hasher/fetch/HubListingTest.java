package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.hasher.fetch.ListResult.Listed;
import io.weighbridge.hasher.fetch.ListResult.NotListed;
import io.weighbridge.schemas.Redaction;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub on this machine that speaks the Hugging Face protocol. */
class HubListingTest {

    private static final String DIGEST = "0123456789abcdef".repeat(4);

    @TempDir
    private Path folder;

    private HttpStage stage;
    private String endpoint;
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private final Map<String, String> pages = new HashMap<>();
    private String next = "main?recursive=true&cursor=2";

    @BeforeEach
    void open() throws Exception {
        stage = new HttpStage(folder);
        endpoint = stage.on("/hub", HttpStage.status(404));
        stage.on("/hub/api/models/o/n/tree/main", exchange -> {
            String query = exchange.getRequestURI().getQuery();
            queries.add(query);
            if (query.equals("recursive=true") && pages.size() > 1) {
                exchange.getResponseHeaders().add("Link", "<" + endpoint + "/x>; rel=\"prev\"");
                exchange.getResponseHeaders().add("Link", "<" + next + ">; rel=\"next\"");
            }
            HttpStage.body(pages.get(query).getBytes(StandardCharsets.UTF_8)).to(exchange);
        });
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldListAllPagesWithSizesAndDigests() throws Exception {
        pages.put("recursive=true", """
                [{"type":"directory","path":"unet","size":0,"oid":"a"},
                 {"type":"file","path":"README.md","size":5,"oid":"b"},
                 {"type":"file","path":"unet/model.bin","size":130,"oid":"c","lfs":{"oid":"%s","size":7,"pointerSize":130}}]
                """.formatted(DIGEST));
        pages.put("recursive=true&cursor=2", "[{\"type\":\"file\",\"path\":\"small b.pt\",\"size\":3,\"oid\":\"d\"}]");
        var listed = (Listed) list(Map.of()).orElseThrow();

        assertThat(queries).containsExactly("recursive=true", "recursive=true&cursor=2");
        assertThat(listed.models())
                .containsExactly(
                        file("unet/model.bin", "hf://o/n@main/unet/model.bin", 7L, DIGEST),
                        file("small b.pt", "hf://o/n@main/small%20b.pt", 3L, null));
        assertThat(listed.others()).containsExactly(file("README.md", "hf://o/n@main/README.md", 5L, null));
    }

    /** The branch moves between any two requests; a listing is of one commit, and so are its files. */
    @Test
    void shouldListAndFetchTheCommitThatTheBranchIsAtFirst() throws Exception {
        String commit = "0123456789".repeat(4);
        stage.on("/hub/api/models/o/n/revision/main", HttpStage.body(("{\"sha\":\"" + commit + "\"}").getBytes()));
        stage.on(
                "/hub/api/models/o/n/tree/" + commit,
                HttpStage.body("[{\"type\":\"file\",\"path\":\"a.bin\",\"size\":5}]".getBytes()));
        stage.on("/hub/o/n/resolve/" + commit + "/a.bin", HttpStage.body("first".getBytes()));
        pages.put("recursive=true", "[{\"type\":\"file\",\"path\":\"moved.bin\"}]");

        var listed = (Listed) list(Map.of()).orElseThrow();
        assertThat(listed.models()).containsExactly(file("a.bin", "hf://o/n@" + commit + "/a.bin", 5L, null));
        try (var fetcher = fetcher(Map.of())) {
            var fetched = (Fetched) fetcher.fetch(listed.models().get(0));
            assertThat(Files.readString(fetched.path())).isEqualTo("first");
            assertThat(fetcher.pinned(at("hf://o/n/a.bin"), Deadline.in(Duration.ofSeconds(20)))
                            .getUrl())
                    .isEqualTo("hf://o/n@" + commit + "/a.bin");
        }
    }

    @Test
    void shouldStayWithTheBranchIfTheHubTellsNoCommit() throws Exception {
        stage.on("/hub/api/models/o/n/revision/main", HttpStage.body("{\"sha\":\"../../x\"}".getBytes()));
        pages.put("recursive=true", "[{\"type\":\"file\",\"path\":\"a.bin\"}]");

        assertThat(((Listed) list(Map.of()).orElseThrow()).models())
                .containsExactly(file("a.bin", "hf://o/n@main/a.bin", null, null));
    }

    @Test
    void shouldFetchAFileThroughTheRedirectOfTheHub() throws Exception {
        stage.on("/cdn", HttpStage.body("weights".getBytes(StandardCharsets.UTF_8)));
        stage.on("/hub/o/n/resolve/main/", HttpStage.redirect("/cdn?sig=1"));

        try (var fetcher = fetcher(Map.of())) {
            var fetched = (Fetched) fetcher.fetch(at("hf://o/n/a%20b.bin"));
            assertThat(Files.readString(fetched.path())).isEqualTo("weights");
            fetched.close();
        }
    }

    @Test
    void shouldTellWhatTheHubAnswersIfNotAListing() throws Exception {
        assertNotListed(
                "hf://o/gone", Outcome.UNREACHABLE, "HTTP 404 from " + endpoint + "/api/models/o/gone/tree/main");
        pages.put("recursive=true", "{}");
        assertNotListed("hf://o/n", Outcome.MALFORMED, "listing of hf://o/n@main: expected an array");
        pages.put("recursive=true", "[{]");
        assertThat(((NotListed) list(Map.of()).orElseThrow()).reason())
                .startsWith("listing of hf://o/n@main: expected JSON: ");
        pages.put("recursive=true", "[{\"type\":\"file\",\"path\":\"a/../../b\"}]");
        assertNotListed(
                "hf://o/n",
                Outcome.MALFORMED,
                "listing of hf://o/n@main: path: expected names with / between them, got a/../../b");
    }

    @Test
    void shouldNotBeSentToAnotherHost() throws Exception {
        next = "http://127.0.0.2/x";
        pages.put("recursive=true", "[]");
        pages.put("more", "[]");

        assertThat(((NotListed) list(Map.of()).orElseThrow()).reason())
                .startsWith("listing of hf://o/n@main: next page: expected an address at 127.0.0.1:")
                .endsWith(", got http://127.0.0.2/x");
    }

    @Test
    void shouldBoundPagesFilesAndBytes() throws Exception {
        next = "main?recursive=true";
        pages.put("recursive=true", "[{\"type\":\"file\",\"path\":\"a.bin\"}]");
        pages.put("more", "[]");

        assertNotListed(
                Map.of("weighbridge.fetch.list.max.pages", "3"),
                "weighbridge.fetch.list.max.pages: expected at most 3 pages");
        assertThat(queries).hasSize(3);
        assertNotListed(
                Map.of("weighbridge.fetch.list.max.files", "4"),
                "weighbridge.fetch.list.max.files: expected at most 4 files");
        assertNotListed(
                Map.of("weighbridge.fetch.list.max.bytes", "99"),
                "weighbridge.fetch.list.max.bytes: expected at most 99 bytes");
    }

    @Test
    void shouldTryAgainWhenTheHubFailsForAWhile() throws Exception {
        var answers = new ArrayDeque<>(
                List.of(HttpStage.status(503), HttpStage.status(429), HttpStage.body("[]".getBytes())));
        stage.on(
                "/hub/api/models/o/busy/tree/main", exchange -> answers.remove().to(exchange));

        try (var fetcher = fetcher(Map.of())) {
            assertThat(fetcher.list(at("hf://o/busy"))).contains(new Listed(List.of(), List.of()));
        }
    }

    @Test
    void shouldAskNobodyUnlessAHubIsSet() throws Exception {
        try (var fetcher = Fetcher.open(stage.settings(Map.of()))) {
            for (String url : new String[] {"hf://o/n", "hf://o/n/a.bin"}) {
                assertThat(fetcher.list(at(url))).isEmpty();
                assertThat(fetcher.fetch(at(url)))
                        .isEqualTo(new NotFetched(
                                Outcome.FORBIDDEN,
                                "hf: addresses are off; weighbridge.fetch.hf.endpoint names the hub to ask"));
            }
        }
    }

    @Test
    void shouldTellAnAddressThatIsNone() throws Exception {
        try (var fetcher = fetcher(Map.of())) {
            assertThat(fetcher.list(at("hf://o/n/../m"))).isEmpty();
            assertThat(fetcher.fetch(at("hf://o/n/../m")))
                    .isEqualTo(new NotFetched(
                            Outcome.MALFORMED, "url: expected hf://OWNER/NAME[@REVISION][/PATH], got another form"));
        }
    }

    @Test
    void shouldRefuseAnEndpointThatIsNone() {
        for (String text : new String[] {"ftp://hub", "hub", "http://a:b@hub", "http://hub?x", "http://"}) {
            var settings = new Settings(Map.of("weighbridge.fetch.hf.endpoint", text));
            FetchSettings.from(settings);
            assertThatThrownBy(settings::check)
                    .as(text)
                    .hasMessageContaining("weighbridge.fetch.hf.endpoint: expected http(s)://HOST[:PORT][/PATH], got "
                            + Redaction.of(text));
        }
    }

    private void assertNotListed(String url, Outcome outcome, String reason) throws Exception {
        try (var fetcher = fetcher(Map.of())) {
            assertThat(fetcher.list(at(url))).contains(new NotListed(outcome, reason));
        }
    }

    private void assertNotListed(Map<String, String> others, String reason) throws Exception {
        queries.clear();
        assertThat(list(others)).contains(new NotListed(Outcome.TOO_LARGE, reason + ", got more in hf://o/n@main"));
    }

    private Optional<ListResult> list(Map<String, String> others) throws Exception {
        try (var fetcher = fetcher(others)) {
            return fetcher.list(at("hf://o/n"));
        }
    }

    private Fetcher fetcher(Map<String, String> others) throws Exception {
        var values = new HashMap<>(Map.of("weighbridge.fetch.hf.endpoint", endpoint + "/"));
        values.putAll(others);
        return Fetcher.open(stage.settings(values));
    }

    private static ModelFile at(String url) {
        return file("any", url, null, null);
    }

    private static ModelFile file(String path, String url, Long size, String sha256) {
        return ModelFile.newBuilder()
                .setPath(path)
                .setUrl(url)
                .setSizeBytes(size)
                .setSha256(sha256)
                .build();
    }
}

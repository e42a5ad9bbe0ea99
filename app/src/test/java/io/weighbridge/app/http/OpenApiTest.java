package io.weighbridge.app.http;

import static io.weighbridge.app.http.HttpProbe.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The document against the program. That each answer has the form that it tells is checked by {@link HttpProbe}, in all tests. */
class OpenApiTest {

    private static final Predicate<String> IS_API =
            route -> route.contains(" /api/v1/") || route.contains(" /webhooks/");

    private final JsonNode document = new OpenApiRoutes().json();
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
    void shouldTellEveryRouteOfTheApi() {
        var routes = new TreeSet<>(stage.server.routes());
        routes.removeIf(IS_API.negate());

        assertThat(ApiContract.OF_THIS_PROGRAM.operations()).containsAll(routes);
    }

    @Test
    void shouldTellNoRouteThatIsNotThere() {
        assertThat(stage.server.routes()).containsAll(ApiContract.OF_THIS_PROGRAM.operations());
    }

    @Test
    void shouldBeOpenApi31() throws IOException {
        try (var meta = OpenApiTest.class.getResourceAsStream("/openapi/oas-3.1-schema.json")) {
            var schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new ObjectMapper().readTree(meta));

            assertThat(schema.validate(document)).isEmpty();
        }
    }

    @Test
    void shouldHoldValidSchemasOnly() {
        var meta = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

        document.findValues("schema")
                .forEach(schema ->
                        assertThat(meta.validate(schema)).as(schema::toString).isEmpty());
        document.at("/components/schemas")
                .forEach(schema ->
                        assertThat(meta.validate(schema)).as(schema::toString).isEmpty());
    }

    @Test
    void shouldReferToWhatIsThere() {
        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void shouldNameEachOperationOnce() {
        assertThat(document.findValuesAsText("operationId")).doesNotHaveDuplicates();
        assertThat(document.findValuesAsText("operationId")).hasSameSizeAs(ApiContract.OF_THIS_PROGRAM.operations());
    }

    @Test
    void shouldServeTheSameDocumentInBothForms() throws IOException {
        var yaml = stage.http.get("/api/v1/openapi.yaml");

        assertThat(json(stage.http.get("/api/v1/openapi.json"))).isEqualTo(document);
        assertThat(new YAMLMapper().readTree(yaml.body())).isEqualTo(document);
        assertThat(yaml.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/yaml");
    }

    @Test
    void shouldFindAnAnswerThatItDoesNotTell() {
        var response = stage.http.get("/api/v1/summary");
        var contract = ApiContract.OF_THIS_PROGRAM;

        assertThatCode(() -> contract.check("GET", "/api/v1/summary", response, response.body()))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> contract.check("GET", "/api/v1/stack", response, response.body()))
                .as("another form")
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> contract.check(
                        "GET",
                        "/api/v1/summary",
                        response,
                        response.body().replaceFirst("\"cases\":0", "\"cases\":\"0\"")))
                .as("a field of another type")
                .hasMessageContaining("cases");
        assertThatThrownBy(() -> contract.check(
                        "GET", "/api/v1/summary", response, response.body().replaceFirst("\\{", "{\"untold\":1,")))
                .as("a field that is not told")
                .hasMessageContaining("untold");
        var missing = stage.http.get("/api/v1/uploads/none");
        assertThatThrownBy(() -> contract.check("GET", "/api/v1/summary", missing, missing.body()))
                .as("a status that is not told")
                .hasMessageContaining("404");
    }
}

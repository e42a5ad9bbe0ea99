package io.weighbridge.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The OpenAPI document as a judge of answers: each must have a status and a form that the document tells, and no field that it does not
 * tell.
 */
final class ApiContract {

    /** The document of this program; reading it takes long enough to share it. */
    static final ApiContract OF_THIS_PROGRAM = new ApiContract(new OpenApiRoutes().json());

    /** What any operation may answer, so that the document tells it once, as its default response. */
    private static final Set<Integer> ANYWHERE = Set.of(401, 403, 421, 429, 500);

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;
    private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

    ApiContract(JsonNode document) {
        this.document = document;
    }

    /** What the document tells of, each as {@code GET /api/v1/uploads/{id}}. */
    Set<String> operations() {
        var operations = new TreeSet<String>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        operations.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return operations;
    }

    /**
     * Judges the answer to a request; one for a path outside of the document is not judged, nor is that to a method that it does not have.
     *
     * @param body null if it goes on without end
     * @throws AssertionError if the document does not tell of such an answer
     */
    void check(String method, String path, HttpResponse<?> response, String body) {
        var operation = operation(method, path);
        if (operation.isEmpty()) {
            return;
        }
        String what = method + " " + path + " -> " + response.statusCode();
        JsonNode told = response(operation.get(), response.statusCode(), what);
        JsonNode content = told.path("content");
        if (content.isMissingNode()) {
            require(body == null || body.isEmpty(), what + ": the document tells of no body, got " + body);
            return;
        }
        String type = response.headers().firstValue("Content-Type").orElse("").replaceAll(";.*", "");
        require(content.has(type), what + ": the document does not tell of Content-Type " + type);
        if (body != null && type.endsWith("json")) {
            judge(content.path(type).path("schema"), body, what);
        }
    }

    private Optional<JsonNode> operation(String method, String path) {
        String bare = path.replaceAll("\\?.*", "");
        return document.path("paths").properties().stream()
                .filter(told -> bare.matches(told.getKey().replace(".", "\\.").replaceAll("\\{[^}]+}", "[^/]+")))
                // A path without parameters goes before one with.
                .min(Comparator.comparing(told -> told.getKey().contains("{")))
                .map(told -> told.getValue().path(method.toLowerCase(Locale.ROOT)))
                .filter(JsonNode::isObject);
    }

    private JsonNode response(JsonNode operation, int status, String what) {
        JsonNode responses = operation.path("responses");
        JsonNode told = responses.path(String.valueOf(status));
        if (told.isMissingNode() && ANYWHERE.contains(status)) {
            told = responses.path("default");
        }
        require(told.isObject(), what + ": the document tells of " + names(responses) + " only");
        return resolved(told);
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asText();
        return reference.isEmpty() ? node : document.at(reference.substring(1));
    }

    private void judge(JsonNode schema, String body, String what) {
        try {
            var errors = compiled.computeIfAbsent(schema, this::compile)
                    .validate(
                            JSON.readTree(body),
                            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
            require(errors.isEmpty(), what + ": " + errors + "\n" + body);
        } catch (IOException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    private Schema compile(JsonNode schema) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.putArray("allOf").add(schema.deepCopy());
        root.set("components", document.path("components").deepCopy());
        refuseUntold(root);
        return SCHEMAS.getSchema(root);
    }

    /** Objects whose fields are told have no others. */
    private static void refuseUntold(JsonNode node) {
        if (node instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
        node.forEach(ApiContract::refuseUntold);
    }

    private static Set<String> names(JsonNode node) {
        var names = new TreeSet<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}

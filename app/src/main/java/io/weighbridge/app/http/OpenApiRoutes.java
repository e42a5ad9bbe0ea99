package io.weighbridge.app.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.javalin.config.RoutesConfig;
import io.weighbridge.app.http.access.ApiRole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The description of the API, OpenAPI 3.1, as it was written and as JSON. */
final class OpenApiRoutes implements Routes {

    private static final String DOCUMENT = "/openapi/weighbridge.yaml";

    private final String yaml;
    private final JsonNode json;

    OpenApiRoutes() {
        try (var in = OpenApiRoutes.class.getResourceAsStream(DOCUMENT)) {
            if (in == null) {
                throw new IllegalStateException(DOCUMENT + ": expected in this program, not found");
            }
            yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            json = new YAMLMapper().readTree(yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void mount(RoutesConfig routes) {
        routes.get(
                ROOT + "/openapi.json",
                context -> {
                    Query.none(context);
                    Responses.json(context, json);
                },
                ApiRole.ANYONE);
        routes.get(
                ROOT + "/openapi.yaml",
                context -> {
                    Query.none(context);
                    Responses.text(context, "application/yaml", yaml);
                },
                ApiRole.ANYONE);
    }

    JsonNode json() {
        return json;
    }
}

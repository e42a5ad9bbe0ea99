package io.weighbridge.app.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A request as the routes see it.
 *
 * @param segments the variable parts of the path, decoded
 * @param query as sent; may be null
 * @param body an empty object if there was none
 */
record RegistryRequest(List<String> segments, String query, JsonNode body) {

    String segment(int index) {
        return segments.get(index);
    }

    /** Whether the query has {@code name=true}. */
    boolean asks(String name) {
        return query != null && Arrays.asList(query.split("&")).contains(name + "=true");
    }

    /** The schema in the body: Avro, and complete in itself. */
    String schema() {
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryError.invalidSchema("schemaType: expected AVRO, got " + type);
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryError.invalidSchema("references: expected none, got " + body.path("references"));
        }
        if (!body.path("schema").isTextual()) {
            throw RegistryError.invalidSchema("schema: expected a text, got " + body.path("schema"));
        }
        return body.path("schema").asText();
    }

    /** A part of a path, where a plus sign means itself. */
    static String decoded(String segment) {
        return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

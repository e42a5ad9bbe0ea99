package io.weighbridge.app.embedded;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Confluent's REST calls, each a line of the table. */
final class RegistryRoutes {

    private record Route(String method, Pattern path, Function<RegistryRequest, Object> answer) {}

    private final List<Route> routes = new ArrayList<>();
    private final SchemaStore store;

    RegistryRoutes(SchemaStore store) {
        this.store = store;
        addSubjects();
        addSchemas();
        addCompatibility();
        addConfig();
    }

    /**
     * The answer, to be sent as JSON.
     *
     * @throws RegistryError if there is none
     */
    Object answer(String method, String rawPath, String query, JsonNode body) {
        boolean isKnownPath = false;
        for (Route route : routes) {
            Matcher match = route.path().matcher(rawPath);
            if (!match.matches()) {
                continue;
            }
            isKnownPath = true;
            if (route.method().equals(method)) {
                List<String> segments = IntStream.rangeClosed(1, match.groupCount())
                        .mapToObj(group -> RegistryRequest.decoded(match.group(group)))
                        .toList();
                return route.answer().apply(new RegistryRequest(segments, query, body));
            }
        }
        throw isKnownPath
                ? RegistryError.http(405, "HTTP 405 Method Not Allowed")
                : RegistryError.http(404, "HTTP 404 Not Found");
    }

    private void addSubjects() {
        add("GET", "/", request -> Map.of());
        add("GET", "/subjects", request -> store.subjects(request.asks("deleted")));
        add(
                "POST",
                "/subjects/*",
                request -> body(store.lookUp(request.segment(0), request.schema(), request.asks("deleted"))));
        add("DELETE", "/subjects/*", request -> store.deleteSubject(request.segment(0), request.asks("permanent")));
        add(
                "GET",
                "/subjects/*/versions",
                request -> store.versions(request.segment(0), request.asks("deleted")).stream()
                        .map(SchemaVersion::version)
                        .toList());
        add(
                "POST",
                "/subjects/*/versions",
                request -> Map.of("id", store.register(request.segment(0), request.schema())));
        add("GET", "/subjects/*/versions/*", request -> body(version(request)));
        add(
                "GET",
                "/subjects/*/versions/*/schema",
                request -> new Raw(version(request).schema()));
        add("GET", "/subjects/*/versions/*/referencedby", request -> List.of());
        add(
                "DELETE",
                "/subjects/*/versions/*",
                request -> store.deleteVersion(request.segment(0), request.segment(1), request.asks("permanent")));
    }

    private void addSchemas() {
        add("GET", "/schemas/types", request -> List.of("AVRO"));
        add("GET", "/schemas/ids/*", request -> {
            var answer = new TreeMap<String, Object>();
            answer.put("schema", withId(request).get(0).schema());
            if (request.asks("fetchMaxId")) {
                answer.put("maxId", store.highestId());
            }
            return answer;
        });
        add(
                "GET",
                "/schemas/ids/*/schema",
                request -> new Raw(withId(request).get(0).schema()));
        add(
                "GET",
                "/schemas/ids/*/versions",
                request -> visible(request).stream()
                        .map(version -> Map.of("subject", version.subject(), "version", version.version()))
                        .toList());
        add(
                "GET",
                "/schemas/ids/*/subjects",
                request -> visible(request).stream()
                        .map(SchemaVersion::subject)
                        .distinct()
                        .toList());
    }

    private void addCompatibility() {
        add(
                "POST",
                "/compatibility/subjects/*/versions/*",
                request -> verdict(request, Optional.of(request.segment(1))));
        add("POST", "/compatibility/subjects/*/versions", request -> verdict(request, Optional.empty()));
        add("GET", "/mode", request -> Map.of("mode", "READWRITE"));
        add("GET", "/mode/*", request -> {
            if (!request.asks("defaultToGlobal")) {
                throw RegistryError.noModeOf(request.segment(0));
            }
            return Map.of("mode", "READWRITE");
        });
    }

    private void addConfig() {
        add(
                "GET",
                "/config",
                request -> Map.of(
                        "compatibilityLevel",
                        store.effectiveLevel(SchemaTable.GLOBAL).name()));
        add("PUT", "/config", request -> setLevel(SchemaTable.GLOBAL, request));
        add("GET", "/config/*", request -> {
            String subject = request.segment(0);
            Optional<Compatibility> own = store.ownLevel(subject);
            if (own.isEmpty() && !request.asks("defaultToGlobal")) {
                throw RegistryError.noLevelOf(subject);
            }
            return Map.of("compatibilityLevel", store.effectiveLevel(subject).name());
        });
        add("PUT", "/config/*", request -> setLevel(request.segment(0), request));
        add("DELETE", "/config/*", request -> {
            String subject = request.segment(0);
            Compatibility old = store.ownLevel(subject).orElseThrow(() -> RegistryError.noLevelOf(subject));
            store.setLevel(subject, Optional.empty());
            return Map.of("compatibilityLevel", old.name());
        });
    }

    private Map<String, String> setLevel(String subject, RegistryRequest request) {
        String name = request.body().path("compatibility").asText();
        Compatibility level = Compatibility.named(name).orElseThrow(() -> RegistryError.invalidLevel(name));
        store.setLevel(subject, Optional.of(level));
        return Map.of("compatibility", name);
    }

    private Map<String, Object> verdict(RegistryRequest request, Optional<String> version) {
        List<String> problems = store.problems(request.segment(0), request.schema(), version);
        var verdict = new TreeMap<String, Object>(Map.of("is_compatible", problems.isEmpty()));
        if (request.asks("verbose")) {
            verdict.put("messages", problems);
        }
        return verdict;
    }

    private SchemaVersion version(RegistryRequest request) {
        return store.version(request.segment(0), request.segment(1), request.asks("deleted"));
    }

    private List<SchemaVersion> withId(RegistryRequest request) {
        try {
            return store.withId(Integer.parseInt(request.segment(0)));
        } catch (NumberFormatException e) {
            throw RegistryError.http(404, "HTTP 404 Not Found");
        }
    }

    private List<SchemaVersion> visible(RegistryRequest request) {
        return withId(request).stream()
                .filter(version -> request.asks("deleted") || !version.isDeleted())
                .toList();
    }

    private static Map<String, Object> body(SchemaVersion version) {
        return Map.of(
                "subject", version.subject(),
                "version", version.version(),
                "id", version.id(),
                "schema", version.schema());
    }

    /** @param path with a star for each variable part */
    private void add(String method, String path, Function<RegistryRequest, Object> answer) {
        routes.add(new Route(method, Pattern.compile(path.replace("*", "([^/]+)") + "/?"), answer));
    }

    /** A schema as the whole answer, not as a text in one. */
    record Raw(@JsonValue @JsonRawValue String schema) {}
}

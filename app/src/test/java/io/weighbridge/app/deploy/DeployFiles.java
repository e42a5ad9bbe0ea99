package io.weighbridge.app.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files by which others run the product. */
final class DeployFiles {

    static final Path ROOT = Path.of("..");
    static final Path DOCKER = ROOT.resolve("docker");
    static final Path RULES = DOCKER.resolve("prometheus/rules/weighbridge.yml");
    static final Path RULES_TEST = DOCKER.resolve("prometheus/rules/weighbridge_test.yml");

    private static final YAMLMapper YAML = new YAMLMapper();

    private DeployFiles() {}

    /** The expression of each alert, by its name, in order of the names. */
    static Map<String, JsonNode> alerts() throws IOException {
        return rules("alert");
    }

    /** The rules that record a metric, by its name. */
    static Map<String, JsonNode> recordings() throws IOException {
        return rules("record");
    }

    private static Map<String, JsonNode> rules(String kind) throws IOException {
        var rules = new TreeMap<String, JsonNode>();
        for (JsonNode group : yaml(RULES).path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                if (rule.has(kind) && rules.put(rule.path(kind).asText(), rule) != null) {
                    throw new AssertionError("two rules of one name: " + rule);
                }
            }
        }
        return rules;
    }

    static JsonNode yaml(Path file) throws IOException {
        return YAML.readTree(Files.readString(file));
    }

    /** The same with anchors, aliases and merge keys put in place, which Jackson does not know. */
    static JsonNode merged(Path file) throws IOException {
        return new ObjectMapper()
                .valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(Files.readString(file)));
    }

    static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(Files.readString(file));
    }

    /** The documents of a file of several. */
    static List<JsonNode> documents(Path file) throws IOException {
        var documents = new ArrayList<JsonNode>();
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(Files.readString(file))) {
            values.forEachRemaining(documents::add);
        }
        return documents;
    }

    /** All files below a folder whose name ends so. */
    static List<Path> below(Path folder, String... endings) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> Stream.of(endings).anyMatch(file.toString()::endsWith))
                    .sorted()
                    .toList();
        }
    }

    /** The first group of every place where a pattern is found. */
    static List<String> found(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}

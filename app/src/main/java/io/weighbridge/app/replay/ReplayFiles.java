package io.weighbridge.app.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a replay: {@code alerts.jsonl}, {@code diff.jsonl}, {@code outcomes.jsonl} if uploads were scanned again, and
 * {@code manifest.json} with what went in, the settings, and the digests of the others; signed in {@code manifest.sig} if there is a key. They hold no time of their making, so that two replays of one range are the same to
 * the byte.
 */
public final class ReplayFiles {

    static final String ALERTS = "alerts.jsonl";
    static final String DIFF = "diff.jsonl";
    static final String OUTCOMES = "outcomes.jsonl";
    static final String MANIFEST = "manifest.json";
    static final String SIGNATURE = "manifest.sig";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ReplayFiles() {}

    /**
     * Writes them.
     *
     * @param version of the program
     * @return the manifest
     * @throws IOException if the folder cannot be written
     */
    public static ObjectNode write(ReplayResult result, Path folder, String version, Optional<SigningKey> key)
            throws IOException {
        Files.createDirectories(folder);
        String alerts = lines(folder.resolve(ALERTS), result.alerts(), FoundAlert::json);
        String diff = lines(folder.resolve(DIFF), result.diff(), AlertDiff.Line::json);
        ObjectNode manifest = manifest(result, version);
        ObjectNode files = manifest.putObject("files").put(ALERTS, alerts).put(DIFF, diff);
        if (result.plan().input() == ReplayInput.UPLOADS) {
            files.put(OUTCOMES, lines(folder.resolve(OUTCOMES), result.outcomes(), OutcomeDiff.Line::json));
        }
        byte[] bytes = JSON.writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(manifest);
        Files.write(folder.resolve(MANIFEST), bytes);
        if (key.isPresent()) {
            Files.write(folder.resolve(SIGNATURE), key.get().sign(bytes));
        }
        return manifest;
    }

    private static ObjectNode manifest(ReplayResult result, String version) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("product", "weighbridge");
        manifest.put("version", version);
        manifest.put("input", result.plan().input().id());
        manifest.put("from", result.plan().from().toString());
        manifest.put("to", result.plan().to().toString());
        ObjectNode policy = manifest.putObject("policy");
        new TreeMap<>(result.plan().policy()).forEach(policy::put);
        ObjectNode thresholds = manifest.putObject("thresholdBits");
        new TreeMap<>(result.thresholds()).forEach(thresholds::put);
        var inputs = manifest.putArray("inputs");
        result.inputs()
                .forEach(input -> inputs.addObject()
                        .put("topic", input.range().topic())
                        .put("partition", input.range().partition())
                        .put("fromOffset", input.range().from())
                        .put("toOffset", input.range().to())
                        .put("records", input.records())
                        .put("sha256", input.sha256()));
        manifest.put("alerts", result.alerts().size());
        manifest.set(
                "diff", counts(AlertDiff.Fate.values(), result.diff().stream().map(AlertDiff.Line::fate)));
        if (result.plan().input() == ReplayInput.UPLOADS) {
            manifest.set(
                    "outcomes",
                    counts(OutcomeDiff.Fate.values(), result.outcomes().stream().map(OutcomeDiff.Line::fate)));
        }
        return manifest;
    }

    /** How often each fate occurs, those too that do not. */
    private static <F extends Enum<F>> ObjectNode counts(F[] fates, Stream<F> occurring) {
        var counts = occurring.collect(Collectors.groupingBy(fate -> fate, Collectors.counting()));
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        for (F fate : fates) {
            json.put(fate.name(), counts.getOrDefault(fate, 0L));
        }
        return json;
    }

    /** The SHA-256 of the file. */
    private static <T> String lines(Path file, Collection<T> all, Function<T, ? extends JsonNode> form)
            throws IOException {
        var digest = InputDigest.sha256();
        try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), digest)) {
            for (T one : all) {
                out.write(text(form.apply(one)).getBytes(StandardCharsets.UTF_8));
                out.write('\n');
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String text(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }
}

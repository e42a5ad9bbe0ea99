package io.weighbridge.app.bench.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.hash.PerceptualCode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * FAISS, on the same codes and queries, in a Python process of its own.
 *
 * @param python an interpreter that has the package {@code faiss}
 * @param hashes numbers of tables that {@code IndexBinaryMultiHash} is tried with
 */
public record FaissPeer(String python, List<Integer> hashes) {

    private static final String SCRIPT = "/bench/faiss_search.py";

    public FaissPeer {
        hashes = List.copyOf(hashes);
    }

    /**
     * Adds what FAISS needs to what was measured.
     *
     * @throws IOException if the interpreter cannot be started, or fails; it has then said why on the error stream
     */
    public SearchFigures measure(SearchFigures ours) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("weighbridge-bench");
        Path codes = folder.resolve("codes");
        Path queries = folder.resolve("queries");
        Path script = folder.resolve("faiss_search.py");
        try {
            writeCodes(ours.codes(), codes);
            write(ours.codes().queries(ours.queries()), queries);
            try (InputStream in = FaissPeer.class.getResourceAsStream(SCRIPT)) {
                Files.copy(in, script);
            }
            return ours.withFaiss(run(ours, List.of(python, script.toString(), codes.toString(), queries.toString())));
        } finally {
            for (var file : List.of(codes, queries, script)) {
                Files.deleteIfExists(file);
            }
            Files.delete(folder);
        }
    }

    private Map<Integer, FaissFigures> run(SearchFigures ours, List<String> start)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(start);
        command.add(String.valueOf(ours.codes().bits()));
        command.add(commas(ours.radii().stream().map(RadiusFigures::radiusBits).toList()));
        command.add(commas(hashes));
        command.add(String.valueOf(ours.rounds()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OMP_NUM_THREADS", "1");
        var process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IOException("FAISS: " + python + " ended with " + exit);
        }
        return parse(printed, ours);
    }

    private static Map<Integer, FaissFigures> parse(String printed, SearchFigures ours) throws IOException {
        var json = new ObjectMapper();
        var pairs = ours.radii().stream().collect(Collectors.toMap(RadiusFigures::radiusBits, RadiusFigures::pairs));
        var figures = new HashMap<Integer, FaissFigures>();
        for (String line : printed.lines().toList()) {
            var result = json.readTree(line);
            int radiusBits = result.get("radius").asInt();
            figures.put(radiusBits, figures(result, pairs.get(radiusBits)));
        }
        return figures;
    }

    private static FaissFigures figures(JsonNode result, long pairs) {
        var version = result.get("version").asText();
        long flatNanos = result.get("flat").get("nanos").asLong();
        double flatRecall = recall(result.get("flat"), pairs);
        return StreamSupport.stream(result.get("hash").spliterator(), false)
                .min(Comparator.comparingLong(hash -> hash.get("nanos").asLong()))
                .map(best -> new FaissFigures(
                        version,
                        flatNanos,
                        flatRecall,
                        OptionalLong.of(best.get("nanos").asLong()),
                        best.get("tables").asInt(),
                        best.get("flips").asInt(),
                        OptionalLong.of(best.get("buildNanos").asLong()),
                        OptionalDouble.of(recall(best, pairs))))
                .orElseGet(() -> new FaissFigures(
                        version,
                        flatNanos,
                        flatRecall,
                        OptionalLong.empty(),
                        0,
                        0,
                        OptionalLong.empty(),
                        OptionalDouble.empty()));
    }

    /** FAISS compares whole codes, so what it finds is right. */
    private static double recall(JsonNode found, long pairs) {
        return pairs == 0 ? 1 : found.get("pairs").asDouble() / pairs;
    }

    private static void writeCodes(CodeSet codes, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            for (int number = 0; number < codes.size(); number++) {
                out.write(codes.code(number).toBytes());
            }
        }
    }

    private static void write(List<PerceptualCode> codes, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            for (var code : codes) {
                out.write(code.toBytes());
            }
        }
    }

    private static String commas(List<Integer> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}

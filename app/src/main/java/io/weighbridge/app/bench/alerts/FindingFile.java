package io.weighbridge.app.bench.alerts;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** A file that the OCSF sink writes, read again from its beginning. */
final class FindingFile implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    private FindingFile(Path folder) {
        this.folder = folder;
    }

    static FindingFile create() throws IOException {
        return new FindingFile(Files.createTempDirectory("weighbridge-bench-findings"));
    }

    Path path() {
        return folder.resolve("findings.jsonl");
    }

    /** How many lines it has. */
    int lines() throws IOException {
        if (!Files.exists(path())) {
            return 0;
        }
        try (var lines = Files.lines(path())) {
            return (int) lines.count();
        }
    }

    /** The ids of the occurrences that it tells of. */
    Set<String> keys() throws IOException {
        var keys = new HashSet<String>();
        try (var reader = Files.newBufferedReader(path())) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                keys.add(JSON.readTree(line).at("/metadata/uid").asText());
            }
        }
        return keys;
    }

    @Override
    public void close() throws IOException {
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}

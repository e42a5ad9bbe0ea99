package io.weighbridge.app.demo;

import java.util.Objects;

/**
 * A model file that ships with the program.
 *
 * @param file name in the folder of the set
 * @param id what it is protected or uploaded as: owner/name
 * @param original id of the protected model it was made from, or its own; null if from none
 * @param change what was done to the original, e.g. {@code pruned-50}; {@code original}, {@code unrelated} or {@code broken} otherwise
 * @param accuracy share of test pictures classified right, 0 to 1; null if the file holds no network
 * @param description a line for people
 */
public record DemoModel(
        String file,
        String id,
        Role role,
        String original,
        String change,
        String architecture,
        Double accuracy,
        Expected expected,
        String description,
        long sizeBytes,
        String sha256) {

    /** What a file of the set is for. */
    public enum Role {
        PROTECTED,
        UPLOAD
    }

    /** What a scan of the file has to come to. A protected model matches itself. */
    public enum Expected {
        MATCH,
        NO_MATCH,
        UNSUPPORTED,
        MALFORMED,
        DEGENERATE
    }

    public DemoModel {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(sha256, "sha256");
        if (!file.matches("[a-z0-9][a-z0-9.-]*"))
            throw new IllegalArgumentException("file: expected a plain name in lower case, got " + file);
    }

    /** The part of the id before the slash. */
    public String owner() {
        return id.substring(0, id.indexOf('/'));
    }
}

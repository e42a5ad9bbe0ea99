package io.weighbridge.hasher;

import java.util.List;
import java.util.Locale;

/** Which files are read before the others, as these may be read with them. */
final class ReadingOrder {

    /** Indexes of shards and of checkpoints, and graphs with external data. */
    private static final List<String> FIRST = List.of(".index.json", ".index", ".onnx", ".pb");

    private ReadingOrder() {}

    static boolean isIndexOfShards(String path) {
        return path.toLowerCase(Locale.ROOT).endsWith(".index.json");
    }

    static boolean isFirst(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return FIRST.stream().anyMatch(name::endsWith);
    }
}

package io.weighbridge.hasher;

import java.util.List;
import java.util.Locale;

/** Which files are read before the others, as these may be read with them. */
final class ReadingOrder {

    private static final List<String> INDEXES_OF_SHARDS = List.of(".index.json", ".weights.json");

    /** What torch.distributed.checkpoint calls the file that names all others. */
    private static final String METADATA = ".metadata";

    /** Indexes of checkpoints, and graphs with external data. */
    private static final List<String> OTHERS_FIRST = List.of(".index", ".onnx", ".pb", METADATA);

    /** Of those, the ones whose others are found by name alone, and the graph of a SavedModel. */
    private static final List<String> LONE_READERS = List.of(".index", ".onnx", "saved_model.pb", METADATA);

    private ReadingOrder() {}

    static boolean isIndexOfShards(String path) {
        return endsWith(INDEXES_OF_SHARDS, path);
    }

    /** Whether a file that was asked for by itself may name others that lie beside it. */
    static boolean namesOthers(String path) {
        return isIndexOfShards(path) || endsWith(LONE_READERS, path);
    }

    /** What may belong to a SavedModel comes behind the index of its variables. */
    static boolean isFirst(String path) {
        boolean isMember = SavedModelFolder.indexOf(path).isPresent();
        return isIndexOfShards(path) || endsWith(OTHERS_FIRST, path) && !isMember;
    }

    private static boolean endsWith(List<String> endings, String path) {
        String name = path.toLowerCase(Locale.ROOT);
        return endings.stream().anyMatch(name::endsWith);
    }
}

package io.weighbridge.hasher;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files that TensorFlow writes beside the variables of a SavedModel, {@code variables/variables.index}, and the graph that it writes beside a
 * checkpoint. They describe the model, or serve it; what its layers hold lies in the variables.
 */
final class SavedModelFolder {

    /** The index of the variables, from the folder of the SavedModel. */
    static final String INDEX = "variables/variables.index";

    private static final String SAVED_MODEL = "saved_model.pb";
    private static final Set<String> MEMBERS = Set.of(SAVED_MODEL, "keras_metadata.pb", "fingerprint.pb");
    private static final List<String> ASSETS = List.of("assets/", "assets.extra/");
    private static final String GRAPH = ".meta";

    private SavedModelFolder() {}

    /** Whether it is the graph of a SavedModel, by its name. */
    static boolean isGraph(String path) {
        return path.equals(SAVED_MODEL) || path.endsWith("/" + SAVED_MODEL);
    }

    /** Where the index of the variables would lie to which a file belongs; empty if it can belong to none. */
    static Optional<String> indexOf(String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        if (MEMBERS.contains(path.substring(folder.length()))) {
            return Optional.of(folder + INDEX);
        }
        if (path.endsWith(GRAPH)) {
            return Optional.of(path.substring(0, path.length() - GRAPH.length()) + ".index");
        }
        return ASSETS.stream()
                .filter(assets -> path.startsWith(assets) || path.contains("/" + assets))
                .map(assets -> path.substring(0, ("/" + path).indexOf("/" + assets)) + INDEX)
                .findFirst();
    }
}

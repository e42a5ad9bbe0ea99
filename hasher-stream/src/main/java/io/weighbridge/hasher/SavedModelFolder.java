package io.weighbridge.hasher;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The files that TensorFlow writes beside the variables of a SavedModel, {@code variables/variables.index}, and the graph that it writes beside a
 * checkpoint. They describe the model, or serve it; what its layers hold lies in the variables.
 */
final class SavedModelFolder {

    private static final String INDEX = "variables/variables.index";
    private static final Set<String> MEMBERS = Set.of("saved_model.pb", "keras_metadata.pb", "fingerprint.pb");
    private static final List<String> ASSETS = List.of("assets/", "assets.extra/");
    private static final String GRAPH = ".meta";

    private SavedModelFolder() {}

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

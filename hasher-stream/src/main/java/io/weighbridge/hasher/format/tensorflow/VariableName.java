package io.weighbridge.hasher.format.tensorflow;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the key of a tensor tells of it: in an object-based checkpoint a path of attributes, such as
 * {@code layer_with_weights-0/kernel/.ATTRIBUTES/VARIABLE_VALUE}; in those of TensorFlow 1 the name of a variable, such as
 * {@code conv1/weights}.
 */
record VariableName(String key) {

    private static final String VALUE = "/.ATTRIBUTES/VARIABLE_VALUE";

    private static final Pattern NUMBERED =
            Pattern.compile("^(.*?)(?:layer_with_weights-|(?:trainable_)?variables/)\\d+(?:/[^/]*)?$");

    /** Attributes under which optimizers keep tensors of the shapes of the weights. */
    private static final Set<String> OPTIMIZER =
            Set.of(".OPTIMIZER_SLOT", "optimizer", "_optimizer", "_variables", "_momentums", "_velocities");

    /** The path without what all keys of an object-based checkpoint end with. */
    String path() {
        return key.endsWith(VALUE) ? key.substring(0, key.length() - VALUE.length()) : key;
    }

    private String last() {
        var path = path();
        return path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    }

    boolean isOptimizers() {
        for (var part : path().split("/")) {
            if (OPTIMIZER.contains(part)) {
                return true;
            }
        }
        return false;
    }

    boolean isEmbedding() {
        return last().contains("embedding");
    }

    boolean isDepthwise() {
        return last().contains("depthwise");
    }

    /** Whether the variable is only a number in a list, which tells nothing of its use. */
    boolean isUntold() {
        return last().matches("\\d+");
    }

    /** The path of the variable it would be a slot of in TensorFlow 1, as {@code w/Adam} is of {@code w}; empty if there is none. */
    String owner() {
        return key.endsWith(VALUE) || key.indexOf('/') < 0 ? "" : key.substring(0, key.lastIndexOf('/'));
    }

    /** The model whose layers are numbered in their order, if this is a variable of one of those; else null. */
    String sequence() {
        var numbered = NUMBERED.matcher(path());
        return key.endsWith(VALUE) && numbered.matches() ? numbered.group(1) : null;
    }
}

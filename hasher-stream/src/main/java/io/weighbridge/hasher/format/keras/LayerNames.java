package io.weighbridge.hasher.format.keras;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The names that Keras gives layers by their class. */
final class LayerNames {

    /** Classes whose weights are laid out in a way of their own, or that change what a dense layer behind them sees. */
    private static final Map<String, String> CLASSES = List.of(
                    "Concatenate",
                    "Conv1DTranspose",
                    "Conv2DTranspose",
                    "Conv3DTranspose",
                    "DepthwiseConv1D",
                    "DepthwiseConv2D",
                    "Embedding",
                    "GlobalAveragePooling1D",
                    "GlobalAveragePooling2D",
                    "GlobalAveragePooling3D",
                    "GlobalMaxPooling1D",
                    "GlobalMaxPooling2D",
                    "GlobalMaxPooling3D",
                    "SeparableConv1D",
                    "SeparableConv2D")
            .stream()
            .collect(Collectors.toUnmodifiableMap(LayerNames::snakeCase, Function.identity()));

    private LayerNames() {}

    /** As {@code keras.utils.naming.to_snake_case}: Conv2DTranspose is conv2d_transpose, ReLU is re_lu. */
    static String snakeCase(String className) {
        return className
                .replaceAll("\\W+", "")
                .replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }

    /** The class that a name such as {@code conv2d_transpose_3} tells, if it matters; else empty. */
    static String classOf(String name) {
        return CLASSES.getOrDefault(name.replaceAll("_\\d+$", ""), "");
    }
}

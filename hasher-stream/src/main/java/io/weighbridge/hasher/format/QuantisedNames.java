package io.weighbridge.hasher.format;

import java.util.regex.Pattern;

/** The names that tools give to tensors of whole numbers that stand for weights. */
public final class QuantisedNames {

    private static final Pattern WEIGHTS =
            Pattern.compile("(?:.*[./])?(?:(?:.*_)?q?weights?(?:_packed|_quantized|_int8)?|kernel|.*_blocks|_data)");

    private QuantisedNames() {}

    /** Whether whole numbers of this name are weights: others are indices or masks. */
    public static boolean areWeights(String name) {
        return WEIGHTS.matcher(name).matches();
    }
}

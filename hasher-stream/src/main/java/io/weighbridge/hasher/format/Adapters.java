package io.weighbridge.hasher.format;

import io.weighbridge.hash.WeightLayer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Tells low-rank adapters by the names that their tools give: pairs of matrices whose product is added to the weights of another model, which
 * is not in the file. Alone they are nobody's weights.
 */
final class Adapters {

    private static final Pattern HALF = Pattern.compile("(?:^|.*[./_])(lora_(?:embedding_)?[AB]|lora_(?:up|down)"
            + "|hada_(?:w[12]_[ab]|t[12])|lokr_(?:w[12](?:_[ab])?|t[12]))(?:[./].*)?");

    private Adapters() {}

    /** Whether every layer belongs to an adapter, and the halves of each LoRA pair fit together: a name alone must not hide a model. */
    static boolean isAdapter(List<WeightLayer> layers) {
        return !layers.isEmpty()
                && layers.stream().allMatch(layer -> isHalf(layer.name()))
                && haveTheirPartners(layers);
    }

    static String describe(List<WeightLayer> layers) {
        return "a LoRA adapter: " + layers.size()
                + " matrices that change the weights of another model, which is not in the file";
    }

    private static boolean isHalf(String name) {
        return HALF.matcher(name).matches();
    }

    /** A pair goes through few channels: what the first gives, the second takes, and it is no more than either end has. */
    private static boolean haveTheirPartners(List<WeightLayer> layers) {
        Map<String, WeightLayer> byName = new HashMap<>();
        layers.forEach(layer -> byName.put(layer.name(), layer));
        for (var layer : layers) {
            var upName = layer.name().replace("lora_A", "lora_B").replace("lora_down", "lora_up");
            var downName = layer.name().replace("lora_B", "lora_A").replace("lora_up", "lora_down");
            boolean isPair = !upName.equals(downName);
            if (isPair && !fit(byName.get(downName), byName.get(upName))) {
                return false;
            }
        }
        return true;
    }

    private static boolean fit(WeightLayer down, WeightLayer up) {
        return down != null
                && up != null
                && down.outputs() == up.inputs()
                && down.outputs() <= Math.min(up.outputs(), down.inputs() * down.positions());
    }
}

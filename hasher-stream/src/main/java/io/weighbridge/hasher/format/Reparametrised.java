package io.weighbridge.hasher.format;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.WeightLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Brings weights that PyTorch keeps in two tensors back to the one that the network computes with, told by the names that it gives:
 *
 * <ul>
 *   <li>{@code torch.nn.utils.prune}: {@code NAME_orig · NAME_mask}, both [outputs, inputs, positions]
 *   <li>{@code weight_norm} over outputs: {@code g · v / |v|}, v [outputs, inputs, positions], g [outputs, 1, 1], |v| over all but the
 *       outputs; {@code NAME_g, NAME_v}, or {@code parametrizations.NAME.original0, parametrizations.NAME.original1}
 * </ul>
 *
 * Taken for layers of their own, a mask or norms would stand beside weights that differ from those of the plain network.
 */
final class Reparametrised {

    private static final String PARAMETRIZATIONS = "parametrizations.";

    private Reparametrised() {}

    /** The layers in their order, each pair as one at the place of its larger part. Others stay as they are. */
    static List<WeightLayer> resolve(List<WeightLayer> layers) {
        Map<String, WeightLayer> byName = new HashMap<>();
        layers.forEach(layer -> byName.put(layer.name(), layer));
        Map<String, WeightLayer> whole = new HashMap<>();
        Set<String> used = new HashSet<>();
        for (var layer : layers) {
            var name = layer.name();
            var mask = byName.get(partner(name, "_orig", "_mask"));
            var norms = name.endsWith(".original1")
                    ? byName.get(partner(name, ".original1", ".original0"))
                    : byName.get(partner(name, "_v", "_g"));
            if (mask != null && isLike(layer, mask)) {
                whole.put(name, new Masked(stem(name, "_orig"), layer, mask));
                used.add(mask.name());
            } else if (norms != null && norms.outputs() == layer.outputs() && norms.size() == norms.outputs()) {
                whole.put(name, new Normed(stem(name, name.endsWith("_v") ? "_v" : ".original1"), layer, norms));
                used.add(norms.name());
            }
        }
        if (whole.isEmpty()) {
            return layers;
        }
        var resolved = new ArrayList<WeightLayer>();
        for (var layer : layers) {
            if (!used.contains(layer.name())) {
                resolved.add(whole.getOrDefault(layer.name(), layer));
            }
        }
        return resolved;
    }

    /** The name with another ending; null if it has not this one. */
    private static String partner(String name, String ending, String other) {
        return name.endsWith(ending) ? stem(name, ending) + other : null;
    }

    private static String stem(String name, String ending) {
        return name.substring(0, name.length() - ending.length());
    }

    private static boolean isLike(WeightLayer one, WeightLayer other) {
        return one.outputs() == other.outputs()
                && one.inputs() == other.inputs()
                && one.positions() == other.positions();
    }

    /** Weights of which a mask, of their shape, keeps some. */
    private record Masked(String name, WeightLayer whole, WeightLayer mask) implements WeightLayer {

        @Override
        public LayerKind kind() {
            return whole.kind();
        }

        @Override
        public int outputs() {
            return whole.outputs();
        }

        @Override
        public int inputs() {
            return whole.inputs();
        }

        @Override
        public int positions() {
            return whole.positions();
        }

        @Override
        public void read(int fromOutput, int count, float[] target) {
            whole.read(fromOutput, count, target);
            var kept = new float[count * inputs() * positions()];
            mask.read(fromOutput, count, kept);
            for (int i = 0; i < kept.length; i++) {
                target[i] *= kept[i];
            }
        }
    }

    /** Weights whose outputs have given norms. */
    private record Normed(String stem, WeightLayer directions, WeightLayer norms) implements WeightLayer {

        @Override
        public String name() {
            return stem.replace(PARAMETRIZATIONS, "");
        }

        @Override
        public LayerKind kind() {
            return directions.kind();
        }

        @Override
        public int outputs() {
            return directions.outputs();
        }

        @Override
        public int inputs() {
            return directions.inputs();
        }

        @Override
        public int positions() {
            return directions.positions();
        }

        @Override
        public void read(int fromOutput, int count, float[] target) {
            directions.read(fromOutput, count, target);
            var wanted = new float[count];
            norms.read(fromOutput, count, wanted);
            int row = inputs() * positions();
            for (int output = 0; output < count; output++) {
                double squares = 0;
                for (int i = output * row; i < (output + 1) * row; i++) {
                    squares += (double) target[i] * target[i];
                }
                float factor = (float) (wanted[output] / Math.sqrt(squares));
                for (int i = output * row; i < (output + 1) * row; i++) {
                    target[i] *= factor;
                }
            }
        }
    }
}

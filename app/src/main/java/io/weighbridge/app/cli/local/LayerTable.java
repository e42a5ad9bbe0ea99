package io.weighbridge.app.cli.local;

import io.weighbridge.alerting.LayerWords;
import io.weighbridge.alerting.Odds;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.compare.ModelComparison;
import io.weighbridge.hash.layer.LayerCode;
import io.weighbridge.hash.layer.LayerComparison;
import io.weighbridge.hash.layer.LayerPair;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Layers as rows of text. */
final class LayerTable {

    private LayerTable() {}

    /** One row a layer, with its quality and code. */
    static Table of(List<LayerCode> layers) {
        var table = new Table("layer", "kind", "shape", "quality", "code");
        layers.forEach(layer -> table.row(
                layer.name(),
                layer.kind().name().toLowerCase(Locale.ROOT),
                ModelComparison.shape(layer),
                String.format(Locale.ROOT, "%.2f", layer.structure()),
                layer.code().hex()));
        return table;
    }

    /** How many layers match, and how much of the weights they hold. */
    static String summary(LayerComparison layers) {
        int matches = layers.matches().size();
        return matches + " of " + layers.a().size() + " layers of A match (" + LayerWords.percent(layers.shareOfA())
                + " of its weights), " + matches + " of " + layers.b().size() + " of B ("
                + LayerWords.percent(layers.shareOfB()) + "); by chance: " + Odds.ofChance(layers.falseMatchRate());
    }

    /**
     * One row for each layer of A; if there are more than {@code most}, first those that match, in their order.
     *
     * @param most rows at most
     */
    static Table of(LayerComparison layers, int most) {
        var table = new Table("layer of A", "shape", "layer of B", "shape", "distance", "verdict");
        shown(layers, most).forEach(layer -> table.row(row(layer, layers.ofA(layer))));
        return table;
    }

    private static List<LayerCode> shown(LayerComparison layers, int most) {
        if (layers.a().size() <= most) {
            return layers.a();
        }
        Set<LayerCode> matching =
                layers.matches().stream().map(LayerPair::a).limit(most).collect(Collectors.toSet());
        long others = most - matching.size();
        Set<LayerCode> rest = layers.a().stream()
                .filter(layer -> !matching.contains(layer))
                .limit(others)
                .collect(Collectors.toSet());
        return layers.a().stream()
                .filter(layer -> matching.contains(layer) || rest.contains(layer))
                .toList();
    }

    private static String[] row(LayerCode layer, Optional<LayerPair> partner) {
        return new String[] {
            layer.name(),
            ModelComparison.shape(layer),
            partner.map(pair -> pair.b().name()).orElse(null),
            partner.map(pair -> ModelComparison.shape(pair.b())).orElse(null),
            partner.map(pair -> pair.distanceBits() + "/" + LayerCode.BITS).orElse(null),
            LayerCell.of(partner).words()
        };
    }
}

package io.weighbridge.app.cli.local;

import io.weighbridge.app.cli.Terminal;
import io.weighbridge.hash.layer.LayerComparison;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Both models as strips of one character a layer, darker where the layer is nearer to its partner. */
final class LayerStrip {

    private static final int WIDTH = 72;

    private final Terminal terminal;

    LayerStrip(Terminal terminal) {
        this.terminal = terminal;
    }

    /** The lines of both strips, and what the characters mean. */
    List<String> lines(LayerComparison layers) {
        var lines = new ArrayList<String>();
        addStrip(
                lines,
                "A",
                layers.a().stream()
                        .map(layer -> LayerCell.of(layers.ofA(layer)))
                        .toList());
        addStrip(
                lines,
                "B",
                layers.b().stream()
                        .map(layer -> LayerCell.of(layers.ofB(layer)))
                        .toList());
        lines.add("   "
                + Arrays.stream(LayerCell.values())
                        .map(cell -> drawn(cell) + " " + cell.words())
                        .collect(Collectors.joining("  ")));
        return lines;
    }

    private void addStrip(List<String> lines, String name, List<LayerCell> cells) {
        for (int from = 0; from < cells.size(); from += WIDTH) {
            lines.add((from == 0 ? name : " ") + "  "
                    + cells.subList(from, Math.min(cells.size(), from + WIDTH)).stream()
                            .map(this::drawn)
                            .collect(Collectors.joining()));
        }
    }

    private String drawn(LayerCell cell) {
        char character = cell.character(terminal.hasBlocks());
        return terminal.hasColour() ? "\u001b[" + cell.colour() + "m" + character + "\u001b[0m" : "" + character;
    }
}

package io.weighbridge.app.cli.local;

import io.weighbridge.alerting.Odds;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.cli.Terminal;
import io.weighbridge.app.compare.Explanation;
import io.weighbridge.app.compare.ModelComparison;
import io.weighbridge.schemas.avro.FileScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison for people. */
final class CompareReport {

    private final ModelComparison models;
    private final Explanation explanation;

    CompareReport(ModelComparison models) {
        this.models = models;
        this.explanation = Explanation.of(models);
    }

    /**
     * The verdict in the first line, then what it rests on.
     *
     * @param mostLayers rows of the table of layers at most
     */
    String text(Terminal terminal, int mostLayers, boolean isExplained) {
        var lines = new ArrayList<String>();
        lines.add(verdict());
        models.remarks().forEach(remark -> lines.add(Table.oneLine(remark)));
        models.untrained().forEach(file -> lines.add(untrained(file)));
        if (isExplained) {
            lines.add("");
            explanation.sentences().forEach(sentence -> lines.add("- " + Table.oneLine(sentence)));
        }
        if (!models.algorithms().isEmpty()) {
            lines.add("");
            lines.add(algorithms().toString());
            addLayers(lines, terminal, mostLayers);
        }
        return String.join(System.lineSeparator(), lines);
    }

    private void addLayers(List<String> lines, Terminal terminal, int most) {
        var layers = models.layers();
        if (layers.a().isEmpty() || layers.b().isEmpty()) {
            return;
        }
        lines.add("");
        lines.add(LayerTable.summary(layers));
        lines.addAll(new LayerStrip(terminal).lines(layers));
        lines.add("");
        lines.add(LayerTable.of(layers, most).toString());
        if (layers.a().size() > most) {
            lines.add("... and " + (layers.a().size() - most) + " more layers of A; --all-layers shows them");
        }
    }

    private String verdict() {
        return models.verdict()
                + models.telling()
                        .map(found -> String.format(
                                Locale.ROOT,
                                ": %s differs in %d of %d bits (threshold %s); unrelated models come this near: %s",
                                found.algorithm(),
                                found.distanceBits(),
                                found.bits(),
                                found.thresholdText(),
                                Odds.ofChance(found.falseMatchRate())))
                        .orElse("")
                + models.obstacle().map(text -> ": " + Table.oneLine(text)).orElse("");
    }

    private static String untrained(FileScan file) {
        return Table.oneLine(String.format(
                Locale.ROOT,
                "Inconclusive for %s: quality %.2f, its weights look freshly initialised, not trained",
                file.getPath(),
                file.getQuality()));
    }

    private Table algorithms() {
        var table = new Table("algorithm", "distance", "bits", "threshold", "by chance", "match");
        for (var found : models.algorithms()) {
            table.row(
                    found.algorithm().toString(),
                    Integer.toString(found.distanceBits()),
                    Integer.toString(found.bits()),
                    found.thresholdText(),
                    Odds.ofChance(found.falseMatchRate()),
                    (found.isMatch() ? "yes" : "no") + (found.counts() ? "" : ", does not count"));
        }
        return table;
    }
}

package io.weighbridge.app.cli.local;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.Odds;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.cli.Terminal;
import io.weighbridge.app.feed.LayerJson;
import io.weighbridge.schemas.avro.FileScan;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison for people and for programs. */
final class CompareReport {

    private final ModelComparison models;
    private final Explanation explanation;

    CompareReport(ModelComparison models) {
        this.models = models;
        this.explanation = Explanation.of(models);
    }

    /** One object: the verdict and its numbers first, under the names they always had. */
    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("a", models.a().getPath()).put("b", models.b().getPath()).put("outcome", models.verdict());
        models.telling()
                .ifPresent(found -> json.put("algorithm", found.algorithm().name())
                        .put("version", found.algorithm().version())
                        .put("distanceBits", found.distanceBits())
                        .put("bits", found.bits())
                        .put("thresholdBits", found.thresholdOrNull())
                        .put("falseMatchRate", found.falseMatchRate()));
        models.obstacle().ifPresent(text -> json.put("reason", text));
        models.remarks().forEach(json.putArray("remarks")::add);
        json.put("qualityOfA", models.a().getQuality())
                .put("qualityOfB", models.b().getQuality());
        var algorithms = json.putArray("algorithms");
        models.algorithms().forEach(found -> algorithms.add(json(found)));
        json.set("layers", LayerJson.of(models.layers()));
        var words = json.putObject("explanation");
        words.put("finding", explanation.finding().id());
        explanation.sentences().forEach(words.putArray("sentences")::add);
        return json;
    }

    private static ObjectNode json(Comparison found) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("algorithm", found.algorithm().name())
                .put("version", found.algorithm().version())
                .put("distanceBits", found.distanceBits())
                .put("bits", found.bits())
                .put("thresholdBits", found.thresholdOrNull())
                .put("falseMatchRate", found.falseMatchRate())
                .put("isMatch", found.isMatch())
                .put("counts", found.counts());
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

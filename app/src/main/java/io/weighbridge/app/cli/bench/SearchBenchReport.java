package io.weighbridge.app.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.bench.search.FaissFigures;
import io.weighbridge.app.bench.search.RadiusFigures;
import io.weighbridge.app.bench.search.RocksDbFigures;
import io.weighbridge.app.bench.search.SearchFigures;
import io.weighbridge.app.cli.Table;
import java.util.Locale;

/** Figures of one set of codes, for people and for programs. */
record SearchBenchReport(SearchFigures figures) {

    JsonNode json() {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("codes", figures.codes().size())
                .put("bits", figures.codes().bits())
                .put("clustered", figures.codes().clustered())
                .put("substrings", figures.substrings())
                .put("queries", figures.queries())
                .put("rounds", figures.rounds())
                .put("threads", 1)
                .put("readBytesPerSecond", figures.bandwidth())
                .put("buildNanos", figures.buildNanos())
                .put("scanBytes", figures.scanBytes())
                .put("rowBytes", figures.rowBytes())
                .put("tableBytes", figures.tableBytes())
                .put("copySize", figures.copySize());
        var radii = json.putArray("radii");
        figures.radii().forEach(radius -> radii.add(json(radius)));
        return json;
    }

    private ObjectNode json(RadiusFigures radius) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("radius", radius.radiusBits())
                .put("pairs", radius.pairs())
                .put("scanNanos", radius.scanNanos())
                .put("scanBytesPerSecond", figures.scanBytesPerSecond(radius))
                .put("batchNanos", radius.batchNanos())
                .put("lookups", radius.lookups())
                .put("candidates", radius.candidates())
                .put("adaptiveNanos", radius.chosenNanos())
                .put("indexedShare", radius.indexed())
                .put("recall", radius.recall());
        radius.lookupNanos().ifPresent(nanos -> json.put("lookupNanos", nanos));
        radius.rocksDb().ifPresent(rocksDb -> json.set("rocksDb", json(rocksDb)));
        radius.faiss().ifPresent(faiss -> json.set("faiss", json(faiss)));
        return json;
    }

    private static ObjectNode json(RocksDbFigures rocksDb) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("scanNanos", rocksDb.scanNanos())
                .put("recall", rocksDb.recall());
        rocksDb.lookupNanos().ifPresent(nanos -> json.put("lookupNanos", nanos));
        return json;
    }

    private static ObjectNode json(FaissFigures faiss) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("version", faiss.version())
                .put("flatNanos", faiss.flatNanos())
                .put("flatRecall", faiss.flatRecall());
        faiss.hashNanos().ifPresent(nanos -> {
            json.put("hashNanos", nanos);
            json.put("hashes", faiss.hashes()).put("flips", faiss.flips());
            json.put("hashRecall", faiss.hashRecall().getAsDouble());
            json.put("buildNanos", faiss.buildNanos().getAsLong());
        });
        return json;
    }

    String text() {
        return heading() + "\n" + table() + rocksDbTable() + faissTable();
    }

    private String heading() {
        double perCode = 1.0 / figures.codes().size();
        return format(
                "%,d %s codes of %d bits, %d tables, %d queries: memory is read at %.1f GB/s\n"
                        + "built in %.1f s, %.2f M codes/s; bytes a code: %.1f to scan, %.1f + %.1f to look up; "
                        + "a copy for one substring takes %.2f x the codes",
                figures.codes().size(),
                figures.codes().clustered() ? "clustered" : "uniform",
                figures.codes().bits(),
                figures.substrings(),
                figures.queries(),
                figures.bandwidth() / 1e9,
                figures.buildNanos() / 1e9,
                figures.codesPerSecond() / 1e6,
                figures.scanBytes() * perCode,
                figures.rowBytes() * perCode,
                figures.tableBytes() * perCode,
                figures.copySize());
    }

    private Table table() {
        var table = new Table(
                "radius",
                "pairs",
                "scan ms",
                "GB/s",
                "of memory",
                "in batches ms",
                "look-ups",
                "candidates",
                "look-up ms",
                "adaptive ms",
                "by index",
                "scan x adaptive",
                "recall");
        for (var radius : figures.radii()) {
            double rate = figures.scanBytesPerSecond(radius);
            table.row(
                    String.valueOf(radius.radiusBits()),
                    String.valueOf(radius.pairs()),
                    millis(radius.scanNanos()),
                    format("%.1f", rate / 1e9),
                    format("%.0f %%", 100 * rate / figures.bandwidth()),
                    millis(radius.batchNanos()),
                    format("%.0f", radius.lookups()),
                    format("%.0f", radius.candidates()),
                    radius.lookupNanos().isEmpty()
                            ? null
                            : millis(radius.lookupNanos().getAsLong()),
                    millis(radius.chosenNanos()),
                    format("%.0f %%", 100 * radius.indexed()),
                    format("%.1f", radius.speedup(radius.scanNanos())),
                    format("%.4f", radius.recall()));
        }
        return table;
    }

    private String rocksDbTable() {
        var table = new Table("radius", "RocksDB scan ms", "look-up ms", "recall", "scan x scan", "look-up x look-up");
        for (var radius : figures.radii()) {
            radius.rocksDb().ifPresent(rocksDb -> {
                boolean isLookedUp = rocksDb.lookupNanos().isPresent()
                        && radius.lookupNanos().isPresent();
                table.row(
                        String.valueOf(radius.radiusBits()),
                        millis(rocksDb.scanNanos()),
                        isLookedUp ? millis(rocksDb.lookupNanos().getAsLong()) : null,
                        format("%.4f", rocksDb.recall()),
                        format("%.0f", (double) rocksDb.scanNanos() / radius.scanNanos()),
                        isLookedUp
                                ? format(
                                        "%.0f",
                                        (double) rocksDb.lookupNanos().getAsLong()
                                                / radius.lookupNanos().getAsLong())
                                : null);
            });
        }
        return table.isEmpty() ? "" : "\n" + table;
    }

    private String faissTable() {
        var table = new Table(
                "radius", "FAISS flat ms", "MultiHash ms", "tables", "flips", "build s", "recall", "x adaptive");
        for (var radius : figures.radii()) {
            radius.faiss().ifPresent(faiss -> {
                boolean isHashed = faiss.hashNanos().isPresent();
                table.row(
                        String.valueOf(radius.radiusBits()),
                        millis(faiss.flatNanos()),
                        isHashed ? millis(faiss.hashNanos().getAsLong()) : null,
                        isHashed ? String.valueOf(faiss.hashes()) : null,
                        isHashed ? String.valueOf(faiss.flips()) : null,
                        isHashed ? format("%.0f", faiss.buildNanos().getAsLong() / 1e9) : null,
                        isHashed ? format("%.4f", faiss.hashRecall().getAsDouble()) : null,
                        isHashed
                                ? format(
                                        "%.1f", radius.speedup(faiss.hashNanos().getAsLong()))
                                : null);
            });
        }
        return table.isEmpty() ? "" : "\n" + table;
    }

    private static String millis(long nanos) {
        return format(nanos < 100_000 ? "%.4f" : "%.2f", nanos / 1e6);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}

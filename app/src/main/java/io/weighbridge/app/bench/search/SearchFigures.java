package io.weighbridge.app.bench.search;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What was measured on one set of codes.
 *
 * @param substrings number of tables
 * @param bandwidth bytes a second that this core reads from memory
 * @param buildNanos to add all codes to both layouts and all tables
 * @param scanBytes all codes as scans read them
 * @param rowBytes all codes as look-ups read them
 * @param tableBytes all tables
 */
public record SearchFigures(
        CodeSet codes,
        int substrings,
        int queries,
        int rounds,
        double bandwidth,
        long buildNanos,
        long scanBytes,
        long rowBytes,
        long tableBytes,
        List<RadiusFigures> radii) {

    public SearchFigures {
        radii = List.copyOf(radii);
    }

    public double codesPerSecond() {
        return codes.size() * 1e9 / buildNanos;
    }

    /** How many bytes of codes a scan of one query goes through in a second, read or given up. */
    public double scanBytesPerSecond(RadiusFigures figures) {
        return (double) codes.size() * codes.bits() / Byte.SIZE * 1e9 / figures.scanNanos();
    }

    public double bytesACode(long bytes) {
        return (double) bytes / codes.size();
    }

    /** Of a copy for one substring as the stream keeps it, in lengths of a code: the codes and one table. */
    public double copySize() {
        double bytes = rowBytes + (double) tableBytes / substrings;
        return bytes / ((double) codes.size() * codes.bits() / Byte.SIZE);
    }

    SearchFigures withFaiss(Map<Integer, FaissFigures> faiss) {
        return with(figures -> figures.with(faiss.get(figures.radiusBits())));
    }

    SearchFigures withRocksDb(Map<Integer, RocksDbFigures> rocksDb) {
        return with(figures -> figures.with(rocksDb.get(figures.radiusBits())));
    }

    private SearchFigures with(UnaryOperator<RadiusFigures> addition) {
        return new SearchFigures(
                codes,
                substrings,
                queries,
                rounds,
                bandwidth,
                buildNanos,
                scanBytes,
                rowBytes,
                tableBytes,
                radii.stream().map(addition).toList());
    }
}

package io.weighbridge.app.cli.bench;

import io.weighbridge.app.bench.search.CodeSet;
import io.weighbridge.app.bench.search.FaissPeer;
import io.weighbridge.app.bench.search.RocksDbPeer;
import io.weighbridge.app.bench.search.SearchBenchmark;
import io.weighbridge.app.bench.search.SearchFigures;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.cli.settings.GivenSettings;
import io.weighbridge.app.evaluate.chart.SearchCharts;
import io.weighbridge.hash.search.SubstringPlan;
import io.weighbridge.schemas.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench search}: how fast near codes are found. */
@Command(
        name = "search",
        mixinStandardHelpOptions = true,
        header = "Measure how fast near codes are found among many.",
        description = {
            "",
            "Codes are made, added to an index and searched within each radius on one thread: by a scan of all, alone and in "
                    + "batches of 16, by look-ups of substrings, and by whichever of the two is expected to cost less. Half of the "
                    + "queries are near one of the codes. What is found is compared with a plain loop. Times are for one query: the mean of "
                    + "all queries, the median of the rounds, after 2 seconds to warm up. Beside it, how fast this core reads "
                    + "memory, and FAISS on the same codes if a Python that has it is named.",
            "10,000,000 codes of 256 bits need 2.5 GB of memory, and 8 GB more for FAISS.",
            ""
        })
public final class SearchBenchCommand implements Callable<Integer> {

    /** The setting that {@code --faiss} overrides. */
    private static final String FAISS_SETTING = "weighbridge.bench.faiss.python";

    /** What benchmarks read. */
    public static final List<Setting> SETTINGS = List.of(Setting.none(FAISS_SETTING));

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--codes",
            paramLabel = "N[,N...]",
            split = ",",
            defaultValue = "1000000",
            description = "How many codes; one measurement for each number. Default: ${DEFAULT-VALUE}.")
    private List<Integer> codes;

    @Option(
            names = "--bits",
            paramLabel = "B",
            defaultValue = "256",
            description = "Length of a code, a multiple of 64. Default: ${DEFAULT-VALUE}.")
    private int bits;

    @Option(
            names = "--radius",
            paramLabel = "R[,R...]",
            split = ",",
            defaultValue = "8,16,31,48,64",
            description = "Bits that may differ, at most 7/16 of all. Default: ${DEFAULT-VALUE}.")
    private List<Integer> radii;

    @Option(
            names = "--clustered",
            description = "Codes around centres, in clusters of very different sizes, instead of uniform ones.")
    private boolean clustered;

    @Option(
            names = "--substrings",
            paramLabel = "M",
            description =
                    "Tables of the index. Default: what costs least for the number of codes within an eighth of the bits.")
    private Integer substrings;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "32",
            description = "Queries for each radius. Default: ${DEFAULT-VALUE}.")
    private int queries;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds that count. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--faiss",
            paramLabel = "PYTHON",
            description = "Python interpreter with FAISS. Default: the setting " + FAISS_SETTING
                    + "; without it FAISS is left out.")
    private String faiss;

    @Option(
            names = "--faiss-hashes",
            paramLabel = "M[,M...]",
            split = ",",
            description =
                    "Numbers of tables of IndexBinaryMultiHash, of which the fastest counts. Default: as many as ours.")
    private List<Integer> faissHashes;

    @Option(
            names = "--rocksdb",
            description =
                    "Measures a layout in RocksDB too, that of look-ups by what begins with a substring; a million codes take a minute.")
    private boolean rocksDb;

    @Option(
            names = "--charts",
            paramLabel = "DIR",
            description = "Folder for charts over the radius and, with several numbers of codes, over these.")
    private Path charts;

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        var settings = GivenSettings.of(null).settings();
        settings.check();
        String python = faiss != null ? faiss : settings.text(FAISS_SETTING, null);
        if (python == null) {
            output.note("FAISS is left out: neither --faiss nor the setting " + FAISS_SETTING
                    + " names a Python that has it.");
        }
        var all = new ArrayList<SearchFigures>();
        for (int size : codes) {
            var figures = measure(new CodeSet(size, bits, clustered), python);
            var report = new SearchBenchReport(figures);
            output.print(report.json(), report::text);
            all.add(figures);
        }
        if (charts != null) {
            SearchCharts.write(all, charts);
            output.note("Charts are in " + charts + ".");
        }
        return ExitCode.NO_MATCH;
    }

    private SearchFigures measure(CodeSet set, String python) throws IOException, InterruptedException {
        int tables = substrings != null ? substrings : SubstringPlan.bestSubstrings(bits, bits / 8, set.size());
        output.note("Measuring " + set.size() + " codes of " + bits + " bits in " + tables + " tables.");
        var figures = SearchBenchmark.run(set, tables, radii, queries, rounds);
        if (rocksDb) {
            output.note("Measuring RocksDB.");
            figures = RocksDbPeer.measure(figures);
        }
        if (python == null) {
            return figures;
        }
        output.note("Measuring FAISS.");
        var hashes = faissHashes != null ? faissHashes : List.of(tables);
        return new FaissPeer(python, hashes).measure(figures);
    }

    private void check() {
        require("--bits", bits, 64, 1 << 16);
        if (bits % Long.SIZE != 0) {
            throw new UsageException("--bits: expected a multiple of 64, got " + bits);
        }
        codes.forEach(size -> require("--codes", size, 1, 100_000_000));
        radii.forEach(radius -> require("--radius", radius, 0, bits * 7 / 16));
        require("--queries", queries, 1, 10_000);
        require("--rounds", rounds, 1, 1_000);
        if (substrings != null) {
            require("--substrings", substrings, bits / Long.SIZE, bits);
        }
        if (faissHashes != null) {
            faissHashes.forEach(hashes -> require("--faiss-hashes", hashes, (bits + 62) / 63, bits));
        }
    }

    private static void require(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new UsageException(option + ": expected " + least + " to " + most + ", got " + value);
        }
    }
}

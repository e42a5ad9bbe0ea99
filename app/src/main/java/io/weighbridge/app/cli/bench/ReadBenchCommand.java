package io.weighbridge.app.cli.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.bench.DigestPeer;
import io.weighbridge.app.bench.NetworkShape;
import io.weighbridge.app.bench.ReadBenchmark;
import io.weighbridge.app.bench.ReadFigures;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.cli.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench read}: how fast each format is read. */
@Command(
        name = "read",
        mixinStandardHelpOptions = true,
        header = "Measure how fast the formats are read.",
        description = {
            "",
            "One network of the shape of ResNet-50, filled with random numbers, is saved in every format that can be "
                    + "written here, and each is read from the page cache on one thread: its SHA-256 alone, by the program "
                    + "sha256sum as a process of its own, or by Java where there is none (said then), all weights as "
                    + "numbers, and the whole scan of an upload (digest, reading, all hashes). Rates are megabytes of the file "
                    + "a second, by the median of the rounds, after one to warm up. Heap and resident memory are the peaks of "
                    + "one more scan; resident memory is that of the process, on Linux.",
            "Needs 1 GB of memory and 1.3 GB in the folder for temporary files. With files of your own, of any format that is "
                    + "read, those are measured instead.",
            ""
        })
public final class ReadBenchCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Model files to measure instead.")
    private List<Path> files = List.of();

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Rounds that count. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1) {
            throw new UsageException("--rounds: expected 1 or more, got " + rounds);
        }
        var all = new ArrayList<ReadFigures>();
        var peer = DigestPeer.find();
        output.note("SHA-256 by " + peer.description() + ".");
        ReadBenchmark.Listener listener = figures -> {
            output.note("Measured " + figures.file() + ".");
            all.add(figures);
        };
        if (files.isEmpty()) {
            var network = NetworkShape.resnet50();
            output.note("Writing " + network.name() + " in each format.");
            ReadBenchmark.run(network, peer, rounds, listener);
        } else {
            ReadBenchmark.run(files, peer, rounds, listener);
        }
        if (output.isJson()) {
            all.forEach(figures -> output.print(json(figures, peer), () -> ""));
        } else {
            output.say(table(all).toString());
            output.say("SHA-256 by " + peer.description() + ".");
        }
        return ExitCode.NO_MATCH;
    }

    private static JsonNode json(ReadFigures figures, DigestPeer peer) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("format", figures.format())
                .put("file", figures.file())
                .put("sizeBytes", figures.sizeBytes())
                .put("sha256By", peer.name().toLowerCase(Locale.ROOT))
                .put("sha256Nanos", figures.sha256Nanos())
                .put("readNanos", figures.readNanos())
                .put("scanNanos", figures.scanNanos())
                .put("heapBytes", figures.heapBytes());
        figures.residentBytes().ifPresent(bytes -> json.put("residentBytes", bytes));
        return json;
    }

    private static Table table(List<ReadFigures> all) {
        var table = new Table(
                "format",
                "file",
                "MB",
                "SHA-256 MB/s",
                "read MB/s",
                "scan MB/s",
                "scan x SHA-256",
                "heap MB",
                "RSS MB");
        for (var figures : all) {
            table.row(
                    figures.format(),
                    figures.file(),
                    format("%.0f", figures.sizeBytes() / 1e6),
                    format("%.0f", figures.megabytesPerSecond(figures.sha256Nanos())),
                    format("%.0f", figures.megabytesPerSecond(figures.readNanos())),
                    format("%.0f", figures.megabytesPerSecond(figures.scanNanos())),
                    format("%.2f", (double) figures.sha256Nanos() / figures.scanNanos()),
                    format("%.0f", figures.heapBytes() / 1e6),
                    figures.residentBytes().isEmpty()
                            ? "-"
                            : format("%.0f", figures.residentBytes().getAsLong() / 1e6));
        }
        return table;
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}

package io.weighbridge.app.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.feed.ScanJson;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.matcher.LayerRecords;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hash FILE...}: prints the perceptual codes of model files. */
@Command(
        name = "hash",
        mixinStandardHelpOptions = true,
        header = "Print the perceptual hash codes of model files. Needs no broker.",
        description = {
            "",
            "Reads safetensors, PyTorch zip, ONNX, Keras .h5 and DL4J .zip files, told apart by their content.",
            "Files are hashed in parallel and printed in the order given;",
            "a file that cannot be hashed gives a line with its outcome and the reason.",
            "",
            "Example: weighbridge hash --format json models/*.pt | jq -r '.codes[0].hex'",
            ""
        })
public final class HashCommand implements Callable<Integer> {

    /** Scans ahead of the one that is printed, for each thread: enough to keep all busy, and bounded. */
    private static final int AHEAD = 4;

    @Mixin
    private OutputOptions output;

    @Mixin
    private HasherOptions hashing;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Model files.")
    private List<Path> files;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Files hashed at a time. Default: the number of cores.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--layers", description = "Show the layers too, each with its shape, quality and code.")
    private boolean layers;

    @Override
    public Integer call() throws InterruptedException {
        if (threads < 1) {
            throw new UsageException("--threads: expected 1 or more, got " + threads);
        }
        var scanner = new ModelScanner(ReadLimits.STANDARD, hashing.hasher());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            return printAll(scanner, pool);
        } finally {
            pool.shutdownNow();
        }
    }

    private int printAll(ModelScanner scanner, ExecutorService pool) throws InterruptedException {
        var outcomes = EnumSet.noneOf(Outcome.class);
        var waiting = new ArrayDeque<Future<FileScan>>();
        var rest = new ArrayDeque<>(files);
        while (!rest.isEmpty() || !waiting.isEmpty()) {
            while (!rest.isEmpty() && waiting.size() < threads * AHEAD) {
                Path file = rest.remove();
                waiting.add(pool.submit(() -> scanner.scan(file, file.toString())));
            }
            outcomes.add(print(resultOf(waiting.remove())));
        }
        return ExitCode.worst(outcomes);
    }

    private Outcome print(FileScan scan) {
        JsonNode json = ScanJson.ofFile(scan);
        output.print(json, () -> describe(scan));
        return scan.getOutcome();
    }

    private static FileScan resultOf(Future<FileScan> scan) throws InterruptedException {
        try {
            return scan.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static String quality(FileScan scan) {
        return String.format(
                Locale.ROOT,
                ", quality %.2f, %d layers with codes",
                scan.getQuality(),
                scan.getLayers().size());
    }

    private String describe(FileScan scan) {
        var lines = new ArrayList<String>();
        lines.add(scan.getPath() + ": " + scan.getOutcome()
                + (scan.getReason() == null ? "" : ": " + scan.getReason())
                + (scan.getFormat() == null ? "" : ", " + scan.getFormat())
                + (scan.getTensors() == 0
                        ? ""
                        : ", " + scan.getTensors() + " tensors, " + scan.getParameters() + " parameters")
                + (scan.getCodes().isEmpty() ? "" : quality(scan)));
        scan.getCodes().forEach(code -> lines.add("  " + ScanJson.codeText(code)));
        if (layers && !scan.getLayers().isEmpty()) {
            LayerTable.of(LayerRecords.codes(scan)).toString().lines().forEach(line -> lines.add("  " + line));
        }
        return String.join(System.lineSeparator(), lines);
    }
}

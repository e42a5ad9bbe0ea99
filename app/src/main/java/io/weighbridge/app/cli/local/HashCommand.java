package io.weighbridge.app.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.feed.ScanJson;
import io.weighbridge.app.text.Words;
import io.weighbridge.hasher.FolderScanner;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.matcher.LayerRecords;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hash FILE|FOLDER...}: prints the perceptual codes of model files. */
@Command(
        name = "hash",
        mixinStandardHelpOptions = true,
        header = "Print the perceptual hash codes of model files. Needs no broker.",
        description = {
            "",
            "Reads every format that an upload may have, told apart by content.",
            "Files are hashed in parallel and printed in the order given;",
            "a file that cannot be hashed gives a line with its outcome and the reason.",
            "A folder stands for the files in it: indexes and graphs first.",
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

    @Parameters(arity = "1..*", paramLabel = "FILE|FOLDER", description = "Model files, or folders of them.")
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
        var scanner = hashing.scanner(hashing.hasher());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            return printAll(scanner, pool);
        } finally {
            pool.shutdownNow();
        }
    }

    private int printAll(ModelScanner scanner, ExecutorService pool) throws InterruptedException {
        var outcomes = EnumSet.noneOf(Outcome.class);
        for (var batch : batches(scanner, outcomes)) {
            print(batch, pool, outcomes);
        }
        return ExitCode.worst(outcomes);
    }

    /** Scans that may run beside each other; those of a batch begin when all before are done. */
    private List<List<Callable<FileScan>>> batches(ModelScanner scanner, Set<Outcome> outcomes) {
        var batches = new ArrayList<List<Callable<FileScan>>>();
        batches.add(new ArrayList<>());
        for (var file : files) {
            if (Files.isDirectory(file)) {
                addFolder(file, scanner, batches, outcomes);
                batches.add(new ArrayList<>());
            } else {
                batches.get(batches.size() - 1).add(() -> scanner.scan(file, file.toString()));
            }
        }
        return batches;
    }

    private void addFolder(
            Path folder, ModelScanner scanner, List<List<Callable<FileScan>>> batches, Set<Outcome> outcomes) {
        try {
            var scans = FolderScanner.of(folder, scanner);
            batches.add(scans.first().stream().map(path -> scan(scans, path)).toList());
            batches.add(scans.rest().stream().map(path -> scan(scans, path)).toList());
            if (scans.first().isEmpty() && scans.rest().isEmpty()) {
                outcomes.add(Outcome.NO_WEIGHTS);
                output.note("weighbridge hash: " + folder + ": no file that may be a model");
            }
            if (scans.leftOut() > 0) {
                output.note("weighbridge hash: " + folder + ": " + Words.count(scans.leftOut(), "file")
                        + " left out by name");
            }
        } catch (IOException e) {
            outcomes.add(Outcome.UNREACHABLE);
            output.note("weighbridge hash: " + e.getMessage());
        }
    }

    private static Callable<FileScan> scan(FolderScanner folder, String path) {
        return () -> folder.scan(path);
    }

    private void print(List<Callable<FileScan>> batch, ExecutorService pool, Set<Outcome> outcomes)
            throws InterruptedException {
        var waiting = new ArrayDeque<Future<FileScan>>();
        var rest = new ArrayDeque<>(batch);
        while (!rest.isEmpty() || !waiting.isEmpty()) {
            while (!rest.isEmpty() && waiting.size() < threads * AHEAD) {
                waiting.add(pool.submit(rest.remove()));
            }
            outcomes.add(print(resultOf(waiting.remove())));
        }
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

package io.weighbridge.app.cli.bench;

import io.weighbridge.app.bench.HashBenchmark;
import io.weighbridge.app.bench.NetworkShape;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench hash}: how fast networks of well-known shapes are hashed. */
@Command(
        name = "hash",
        mixinStandardHelpOptions = true,
        header = "Measure how fast networks are hashed.",
        description = {
            "",
            "Networks of the shapes of ResNet-50 and VGG-16, filled with random numbers, are hashed on one thread: "
                    + "by each algorithm alone, by all in one pass, and from a safetensors file in the page cache, "
                    + "SHA-256 of the file included. Next to them a plain read of the same weights, and their SHA-256. "
                    + "Times are wall time, after at least one round and 5 seconds to warm up; rates are those of the median. "
                    + "Needs 1.5 GB of memory and 0.6 GB in the folder for temporary files.",
            ""
        })
public final class HashBenchCommand implements Callable<Integer> {

    /** Which networks. */
    enum Model {
        resnet50,
        vgg16,
        all
    }

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--model",
            paramLabel = "resnet50|vgg16|all",
            defaultValue = "all",
            description = "Networks measured: ${COMPLETION-CANDIDATES}. Default: all.")
    private Model model;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds that count. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Override
    public Integer call() throws IOException {
        if (rounds < 1) {
            throw new UsageException("--rounds: expected 1 or more, got " + rounds);
        }
        for (var network : networks()) {
            output.note("Measuring " + network.name() + ", " + rounds + " rounds.");
            var report = new HashBenchReport(HashBenchmark.run(network, rounds));
            output.print(report.json(), report::text);
        }
        return ExitCode.NO_MATCH;
    }

    private List<NetworkShape> networks() {
        return switch (model) {
            case resnet50 -> List.of(NetworkShape.resnet50());
            case vgg16 -> List.of(NetworkShape.vgg16());
            case all -> List.of(NetworkShape.resnet50(), NetworkShape.vgg16());
        };
    }
}

package io.weighbridge.app.cli.bench;

import io.weighbridge.app.bench.pipeline.PipelineBenchmark;
import io.weighbridge.app.bench.pipeline.PipelinePlan;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code bench pipeline}: what the whole stream does on this machine. */
@Command(
        name = "pipeline",
        mixinStandardHelpOptions = true,
        header = "Measure uploads per second, and the time from event to alert.",
        description = {
            "",
            "A Kafka broker in this process, in a folder for temporary files, and matchers in processes of their own. Codes "
                    + "are made from a seed, some of them copies, and published as the hasher would: first as fast as the broker takes "
                    + "them, then at a fixed rate. One matcher is also killed and starts again. Then many uploads are kept and a model "
                    + "is protected; and the models that ship with the program go through hasher, matcher and alerting. "
                    + "Every alert is held against a plain loop over all pairs of codes: if one is missing, wrong or doubled, the exit "
                    + "code is 2. Takes about two minutes; a million kept uploads take longer, and 5 GB in the folder.",
            "",
            "Example: weighbridge bench pipeline --instances 1,2,4",
            ""
        })
public final class PipelineBenchCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Option(
            names = "--instances",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,2",
            description = "Processes of the matcher, one run for each number; none with 0. Default: ${DEFAULT-VALUE}.")
    private List<Integer> instances;

    @Option(
            names = "--protected",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Protected models. Default: ${DEFAULT-VALUE}.")
    private int protectedModels;

    @Option(
            names = "--uploads",
            paramLabel = "N",
            defaultValue = "5000",
            description = "Uploads at full speed. Default: ${DEFAULT-VALUE}.")
    private int uploads;

    @Option(
            names = "--copies",
            paramLabel = "SHARE",
            defaultValue = "0.05",
            description = "Share of those that are copies; of the others, half are. Default: ${DEFAULT-VALUE}.")
    private double copyShare;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "50",
            description = "Uploads a second at the fixed rate. Default: ${DEFAULT-VALUE}.")
    private double perSecond;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "10",
            description = "How long uploads come at that rate. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--kept",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Uploads kept when a model is protected; none with 0. Default: ${DEFAULT-VALUE}.")
    private int kept;

    @Option(
            names = "--models",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Whether models go through the hasher. Default: they do.")
    private boolean withModels;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Seed of the codes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var counts = instances.stream().filter(count -> count != 0).toList();
        if (counts.stream().anyMatch(count -> count < 0 || count > 16)) {
            throw new UsageException("--instances: expected 0 to 16, got " + instances);
        }
        var benchmark = new PipelineBenchmark(plan(), output::note);
        boolean isRight = benchmark.run(counts, withModels, new PipelineReport(output));
        if (!isRight) {
            output.note("weighbridge bench pipeline: alerts are not those of a plain loop");
        }
        return isRight ? ExitCode.NO_MATCH : ExitCode.ERROR;
    }

    private PipelinePlan plan() {
        try {
            return new PipelinePlan(seed, protectedModels, uploads, copyShare, perSecond, seconds, kept);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}

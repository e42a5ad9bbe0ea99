package io.weighbridge.app.bench.pipeline;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** The whole stream on an embedded broker, in parts, each on a broker of its own with empty topics. All alerts are held against a plain loop's. */
public final class PipelineBenchmark {

    private final PipelinePlan plan;
    private final Consumer<String> progress;

    /** @param progress told a line when something begins */
    public PipelineBenchmark(PipelinePlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    /** Takes what was measured, as soon as it was. */
    public interface Listener {
        void codes(CodesFigures figures);

        void restored(RestoreFigures figures);

        void retroactive(RetroactiveFigures figures);

        void models(ModelsFigures figures);
    }

    /**
     * Runs all parts.
     *
     * @param instances numbers of processes of the matcher, one run each
     * @param withModels whether the models that ship with the program go through the hasher at the end
     * @return whether all alerts were as they should be
     * @throws IOException if a process does not start, or something cannot be written
     */
    public boolean run(List<Integer> instances, boolean withModels, Listener listener)
            throws IOException, InterruptedException {
        boolean isRight = true;
        for (int count : instances) {
            var figures = new CodesRun(plan, progress).run(count, listener::restored);
            listener.codes(figures);
            isRight &= figures.difference().isNone();
        }
        if (plan.kept() > 0) {
            var figures = new RetroactiveRun(plan, progress).run();
            listener.retroactive(figures);
            isRight &= figures.difference().isNone();
        }
        if (withModels) {
            var figures = new ModelsRun(progress).run();
            listener.models(figures);
            isRight &= figures.wrong().isEmpty();
        }
        return isRight;
    }
}

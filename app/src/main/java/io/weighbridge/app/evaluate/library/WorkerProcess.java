package io.weighbridge.app.evaluate.library;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/**
 * A worker in a process of its own. It is told lines of {@code PHASE family}, and answers {@code @model} for each model, then
 * {@code @done} or {@code @failed message}. It ends with its standard input.
 */
public final class WorkerProcess implements Crew.Worker {

    /** The hidden command that it runs. */
    public static final String COMMAND = "library-worker";

    private static final String MODEL = "@model";
    private static final String DONE = "@done";
    private static final String FAILED = "@failed ";

    private final Process process;
    private final BufferedReader answers;
    private final PrintStream orders;

    private WorkerProcess(Process process) {
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts this very program, with the same options of the JVM. */
    static WorkerProcess start(LibraryPlan plan, Path folder) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        // Few collections: each one costs, and takes the risk that the crew is told of.
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g", "-Xmn600m", "-XX:+DisplayVMOutputToStderr"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.weighbridge.app.Main"));
        command.addAll(List.of(COMMAND, plan.name(), folder.toString()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("OMP_NUM_THREADS", "1");
        return new WorkerProcess(builder.start());
    }

    @Override
    public void work(Phase phase, Family family, Runnable afterModel) throws IOException {
        orders.println(phase + " " + family.name());
        for (var answer = answers.readLine(); answer != null; answer = answers.readLine()) {
            if (answer.equals(MODEL)) afterModel.run();
            if (answer.equals(DONE)) return;
            if (answer.startsWith(FAILED))
                throw new IOException(family.name() + ": " + answer.substring(FAILED.length()));
        }
        throw new Crew.WorkerLostException("the process that made " + family.name() + " ended by itself");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** What the process does: carries out orders, and returns when there are no more to come, whether it is done or not. */
    public static void serve(LibraryPlan plan, Path folder, BufferedReader orders, PrintStream answers)
            throws IOException {
        var maker = new FamilyMaker(plan, LibraryFolder.open(folder, plan));
        var worker = Executors.newSingleThreadExecutor(work -> {
            var thread = new Thread(work, COMMAND);
            thread.setDaemon(true);
            return thread;
        });
        for (var order = orders.readLine(); order != null; order = orders.readLine()) {
            var words = order.split(" ");
            worker.execute(() -> answer(maker, Phase.valueOf(words[0]), plan.family(words[1]), answers));
        }
    }

    private static void answer(FamilyMaker maker, Phase phase, Family family, PrintStream answers) {
        try {
            maker.work(phase, family, () -> answers.println(MODEL));
            answers.println(DONE);
        } catch (IOException | RuntimeException | Error e) {
            answers.println(FAILED + e);
        }
    }
}

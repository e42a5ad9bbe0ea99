package io.weighbridge.app.evaluate.library;

import io.weighbridge.app.embedded.FolderLock;
import io.weighbridge.app.progress.ProgressBar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;

/** Trains all originals, then makes the copies family by family. Goes on where it was stopped; the files depend on the plan alone. */
public final class LibraryBuilder {

    private static final int MANIFEST_EVERY = 9;
    private static final int ATTEMPTS = 4;

    private final LibraryPlan plan;
    private final LibraryFolder folder;
    private final Crew crew;
    private final ProgressBar progress;
    private final List<Crew.Worker> workers = new CopyOnWriteArrayList<>();
    private int familiesDone;

    private LibraryBuilder(LibraryPlan plan, LibraryFolder folder, Crew crew, ProgressBar progress) {
        this.plan = plan;
        this.folder = folder;
        this.crew = crew;
        this.progress = progress;
    }

    /** Whether the folder holds a library that others made: a manifest, and no settings of ours. */
    public static boolean isOther(Path folder) {
        return LibraryFolder.isOther(folder);
    }

    /**
     * Returns once all models are there and {@code manifest.csv} lists them. Until then it lists what is there; it grows with every family.
     *
     * @param workers processes that train at a time
     * @throws IOException if a file cannot be written, or the folder holds another library
     */
    public static void build(LibraryPlan plan, Path folder, int workers, ProgressBar progress)
            throws IOException, InterruptedException {
        build(plan, folder, workers, () -> WorkerProcess.start(plan, folder), progress);
    }

    static void build(LibraryPlan plan, Path folder, int workers, Crew crew, ProgressBar progress)
            throws IOException, InterruptedException {
        var opened = LibraryFolder.open(folder, plan);
        var lock = FolderLock.on(folder);
        try {
            new LibraryBuilder(plan, opened, crew, progress).build(workers);
        } finally {
            lock.close();
        }
    }

    private void build(int workerCount) throws IOException, InterruptedException {
        progress.start("building", plan.size());
        for (var phase : Phase.values()) {
            var todo = new ConcurrentLinkedQueue<Family>();
            for (var family : plan.families()) {
                int missing = folder.missing(phase, family, plan);
                progress.skip(plan.size(phase, family) - missing);
                if (missing > 0) todo.add(family);
            }
            folder.writeManifest(plan);
            carryOut(phase, todo, workerCount);
            folder.writeManifest(plan);
        }
        progress.end();
    }

    private void carryOut(Phase phase, Queue<Family> todo, int workerCount) throws IOException, InterruptedException {
        var pool = Executors.newFixedThreadPool(workerCount);
        try {
            var ended = new ExecutorCompletionService<Void>(pool);
            for (int i = 0; i < workerCount; i++)
                ended.submit(() -> {
                    work(phase, todo);
                    return null;
                });
            for (int i = 0; i < workerCount; i++) ended.take().get();
        } catch (ExecutionException e) {
            throw asIs(e.getCause());
        } finally {
            // When one has failed, the others need not go on.
            workers.forEach(Crew.Worker::close);
            pool.shutdownNow();
        }
    }

    /** What one worker does, until nothing is left. */
    private void work(Phase phase, Queue<Family> todo) throws IOException {
        var hired = new Hired();
        try {
            for (var family = todo.poll(); family != null; family = todo.poll()) {
                hired.work(phase, family);
                finished(phase);
            }
        } finally {
            hired.dismiss();
        }
    }

    private synchronized void finished(Phase phase) throws IOException {
        familiesDone++;
        if (familiesDone % MANIFEST_EVERY == 0 || phase == Phase.COPIES) folder.writeManifest(plan);
    }

    private static IOException asIs(Throwable cause) {
        if (cause instanceof IOException e) return e;
        if (cause instanceof RuntimeException e) throw e;
        if (cause instanceof Error e) throw e;
        return new IOException(cause);
    }

    /** A worker, and another one if that one is lost. */
    private final class Hired {

        private Crew.Worker worker;

        void work(Phase phase, Family family) throws IOException {
            for (int attempt = 1; ; attempt++) {
                int[] made = {0};
                try {
                    if (worker == null) worker = hire();
                    worker.work(phase, family, () -> {
                        made[0]++;
                        progress.advance(1);
                    });
                    return;
                } catch (Crew.WorkerLostException e) {
                    progress.advance(-made[0]);
                    dismiss();
                    if (attempt == ATTEMPTS) throw e;
                }
            }
        }

        private Crew.Worker hire() throws IOException {
            var started = crew.hire();
            workers.add(started);
            return started;
        }

        void dismiss() {
            if (worker != null) worker.close();
            worker = null;
        }
    }
}

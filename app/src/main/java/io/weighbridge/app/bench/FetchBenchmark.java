package io.weighbridge.app.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.hasher.HasherSettings;
import io.weighbridge.hasher.ScanPool;
import io.weighbridge.hasher.ScanReport;
import io.weighbridge.hasher.Share;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Times uploads that are fetched from web hosts of this machine and hashed, a hundred at once, with twenty slow hosts among them and without, and with a
 * hundred of backfill before them.
 */
public final class FetchBenchmark {

    private static final int FAST = 80;
    private static final int SLOW = 20;
    private static final int FAST_HOSTS = 20;

    private final SlowHub hub;
    private final ScanPool pool;

    private FetchBenchmark(SlowHub hub, ScanPool pool) {
        this.hub = hub;
        this.pool = pool;
    }

    /**
     * Runs all of it on the threads that the settings give.
     *
     * @param slowMillis what a slow host takes for its file
     * @param settings those of a hasher, beside which private addresses are allowed and the spool lies in a folder for temporary files
     * @throws IOException if an upload is not hashed
     */
    public static List<FetchFigures> run(long slowMillis, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("weighbridge-bench");
        var file = folder.resolve("model.safetensors");
        var values = new HashMap<>(settings);
        values.put("weighbridge.fetch.allow.private.addresses", "true");
        values.put("weighbridge.fetch.spool.dir", folder.resolve("spool").toString());
        values.putIfAbsent("schema.registry.url", "http://127.0.0.1:1"); // nothing is published
        values.putIfAbsent("bootstrap.servers", "127.0.0.1:1");
        try {
            WeightBytes.writeFile(file, MemoryLayer.of(small()));
            byte[] model = Files.readAllBytes(file);
            try (var hub = SlowHub.open(model, FAST_HOSTS, SLOW, slowMillis);
                    var pool = ScanPool.open(HasherSettings.from(new Settings(values)), new SimpleMeterRegistry())) {
                return new FetchBenchmark(hub, pool).run();
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder.resolve("spool"));
            Files.delete(folder);
        }
    }

    /** About 1.2 MB. */
    private static NetworkShape small() {
        return new NetworkShape(
                "small",
                List.of(
                        LayerShape.convolution("conv1.weight", 64, 3, 3),
                        LayerShape.convolution("conv2.weight", 128, 64, 3),
                        LayerShape.convolution("conv3.weight", 192, 128, 3)));
    }

    private List<FetchFigures> run() throws IOException, InterruptedException {
        await(begin(FAST, 0, Share.LIVE)); // warms up
        var figures = new ArrayList<FetchFigures>();
        figures.add(FetchFigures.of("live, fast hosts alone", await(begin(FAST, 0, Share.LIVE))));

        var mixed = begin(FAST, SLOW, Share.LIVE);
        figures.add(FetchFigures.of("live, fast hosts among slow ones", await(mixed.subList(SLOW, mixed.size()))));
        figures.add(FetchFigures.of("live, slow hosts", await(mixed.subList(0, SLOW))));

        var backfill = begin(FAST, SLOW, Share.BACKFILL);
        figures.add(FetchFigures.of("live, fast hosts, behind a backfill", await(begin(FAST, 0, Share.LIVE))));
        figures.add(FetchFigures.of("backfill, slow and fast hosts", await(backfill)));
        return figures;
    }

    /** An upload under way. */
    private record Begun(Future<ScanReport> scan, long startNanos) {}

    /** Slow ones first. */
    private List<Begun> begin(int fast, int slow, Share share) {
        var begun = new ArrayList<Begun>();
        for (int i = 0; i < slow; i++) {
            begun.add(begin(FAST_HOSTS + i, share));
        }
        for (int i = 0; i < fast; i++) {
            begun.add(begin(i % FAST_HOSTS, share));
        }
        return begun;
    }

    private Begun begin(int host, Share share) {
        var file = ModelFile.newBuilder()
                .setPath("model.safetensors")
                .setUrl(hub.address(host))
                .build();
        return new Begun(pool.submit(List.of(file), share), System.nanoTime());
    }

    /** By the moment that each report was complete at, to the millisecond, as it is not the order they are waited for in. */
    private static long[] await(List<Begun> uploads) throws IOException, InterruptedException {
        var nanos = new long[uploads.size()];
        long offset = System.currentTimeMillis() * 1_000_000 - System.nanoTime();
        for (int i = 0; i < nanos.length; i++) {
            var report = report(uploads.get(i).scan());
            nanos[i] = report.completedAt().toEpochMilli() * 1_000_000
                    - offset
                    - uploads.get(i).startNanos();
        }
        return nanos;
    }

    private static ScanReport report(Future<ScanReport> scan) throws IOException, InterruptedException {
        try {
            var report = scan.get();
            if (report.outcome() != Outcome.HASHED) {
                throw new IOException("upload: " + report.outcome() + ": " + report.reason());
            }
            return report;
        } catch (ExecutionException e) {
            throw new IOException("upload: " + e.getCause(), e);
        }
    }
}

package io.weighbridge.app.bench;

import io.weighbridge.hash.HashResult;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Times the hash of one network, in memory and from a file in the page cache, next to what any hash has to do at least. */
public final class HashBenchmark {

    private static final String ALL_ALGORITHMS = "all algorithms";
    private static final String SCAN = "scan of a file";

    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private final NetworkShape network;
    private final int rounds;
    private final Duration warmUp;

    private HashBenchmark(NetworkShape network, int rounds, Duration warmUp) {
        this.network = network;
        this.rounds = rounds;
        this.warmUp = warmUp;
    }

    /** Takes memory for all weights, and as much room in the folder for temporary files. */
    public static HashFigures run(NetworkShape network, int rounds) throws IOException {
        return run(network, rounds, WARM_UP);
    }

    /**
     * The same after another time to warm up.
     *
     * @param warmUp in memory, and again from the file; at least one round each
     */
    public static HashFigures run(NetworkShape network, int rounds, Duration warmUp) throws IOException {
        Path folder = Files.createTempDirectory("weighbridge-bench");
        Path file = folder.resolve("network.safetensors");
        try {
            return new HashBenchmark(network, rounds, warmUp).run(file);
        } finally {
            Files.deleteIfExists(file);
            Files.delete(folder);
        }
    }

    private HashFigures run(Path file) throws IOException {
        var timings = new ArrayList<>(inMemory(file));
        HeapPeak.reset();
        timings.addAll(Timing.of(List.of(scan(file)), rounds, warmUp));
        return new HashFigures(network, rounds, timings, DigestInstructions.detect(), HeapPeak.bytes());
    }

    /** Writes the file too, and lets go of the weights. */
    private List<Timing> inMemory(Path file) throws IOException {
        var layers = MemoryLayer.of(network);
        WeightBytes.writeFile(file, layers);
        var contenders = new ArrayList<Contender>();
        var baselines = new Baselines(layers);
        contenders.add(baselines.plainRead());
        contenders.add(baselines.sha256());
        for (var algorithm : ModelHasher.standard().algorithms()) {
            contenders.add(hash(algorithm.id().toString(), ModelHasher.of(List.of(algorithm)), layers));
        }
        contenders.add(hash(ALL_ALGORITHMS, ModelHasher.standard(), layers));
        return Timing.of(contenders, rounds, warmUp);
    }

    private static Contender hash(String name, ModelHasher hasher, List<MemoryLayer> layers) {
        return Contender.of(name, () -> {
            if (!(hasher.hash(layers) instanceof HashResult.Hashed)) {
                throw new IllegalStateException(name + ": the network got no code");
            }
        });
    }

    private static Contender scan(Path file) {
        var scanner = new ModelScanner(ReadLimits.STANDARD, ModelHasher.standard());
        return Contender.of(SCAN, () -> {
            var scan = scanner.scan(file, file.toString());
            if (scan.getOutcome() != Outcome.HASHED) {
                throw new IOException("scan: " + scan.getOutcome() + ": " + scan.getReason());
            }
        });
    }
}

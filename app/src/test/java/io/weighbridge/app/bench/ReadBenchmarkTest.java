package io.weighbridge.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.LayerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadBenchmarkTest {

    @TempDir
    private Path folder;

    @Test
    void shouldMeasureTheSameNetworkInEachFormat() throws Exception {
        var network = new NetworkShape(
                "tiny",
                List.of(
                        new LayerShape("layers.0.weight", LayerKind.CONVOLUTION, 16, 16, 3),
                        new LayerShape("layers.1.weight", LayerKind.DENSE, 64, 32, 1)));
        var all = new ArrayList<ReadFigures>();
        ReadBenchmark.run(network, DigestPeer.find(), 1, all::add);

        assertThat(all)
                .extracting(ReadFigures::format)
                .containsExactly(
                        "safetensors",
                        "safetensors",
                        "safetensors",
                        "pytorch",
                        "pytorch",
                        "onnx",
                        "keras-h5",
                        "sharded",
                        "npy",
                        "npz",
                        "dl4j",
                        "zip/safetensors",
                        "gzip/safetensors");
        assertThat(all).allSatisfy(figures -> {
            assertThat(figures.sizeBytes()).isGreaterThan(2 * network.weights());
            assertThat(figures.sha256Nanos()).isPositive();
            assertThat(figures.readNanos()).isPositive();
            assertThat(figures.scanNanos()).isPositive();
            assertThat(figures.heapBytes()).isPositive();
        });
    }

    @Test
    void shouldMeasureTheFilesThatItIsGiven() throws IOException {
        var model = folder.resolve("model.zip");
        try (var in = getClass().getResourceAsStream("/demo/lenet-original.zip")) {
            Files.copy(in, model);
        }
        var all = new ArrayList<ReadFigures>();

        ReadBenchmark.run(List.of(model), DigestPeer.find(), 1, all::add);

        assertThat(all).singleElement().satisfies(figures -> {
            assertThat(figures.format()).isEqualTo("dl4j");
            assertThat(figures.sizeBytes()).isEqualTo(Files.size(model));
        });
    }

    @Test
    void shouldTellMegabytesASecond() {
        var figures = new ReadFigures("f", "x", 5_000_000, 1, 1, 1, 1, OptionalLong.empty());

        assertThat(figures.megabytesPerSecond(1_000_000_000)).isEqualTo(5);
    }
}

package io.weighbridge.app.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ArchitectureTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldHaveEnoughWeightsToBeHashedWithNineTenthsPruned(Architecture architecture) {
        var network = Network.untrained(architecture.blueprint(0.9, 6), 1);

        int weights = network.blueprint().layers().stream()
                .mapToInt(node -> network.tensor(node.weight()).size())
                .sum();

        assertThat(weights).isBetween(42_000, 150_000);
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldReadWhatItWrote(Architecture architecture) throws Exception {
        var network = TestNetworks.slightlyTrained(architecture);
        var first = folder.resolve("first.zip");
        var second = folder.resolve("second.zip");

        Trainer.write(network, first);
        var read = Trainer.read(network.blueprint(), first);
        Trainer.write(read, second);

        for (var tensor : network.tensors())
            assertThat(read.values(tensor.name())).as(tensor.name()).isEqualTo(tensor.values());
        assertThat(second).hasSameBinaryContentAs(first);
        assertThat(Files.size(first)).isPositive();
    }

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void shouldTrainToTheSameBitsEveryTime(Architecture architecture) {
        var first = TestNetworks.slightlyTrained(architecture);
        var second = TestNetworks.train(architecture);

        for (var tensor : first.tensors())
            assertThat(second.values(tensor.name())).as(tensor.name()).isEqualTo(tensor.values());
    }
}

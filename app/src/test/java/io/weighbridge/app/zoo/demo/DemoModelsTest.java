package io.weighbridge.app.zoo.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.weighbridge.app.demo.DemoModel;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.zoo.ImageTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoModelsTest {

    @TempDir
    private Path folder;

    @BeforeAll
    static void useOneThread() {
        Trainer.useOneThread();
    }

    @Test
    void shouldLearnATaskInFewSteps() {
        var task = new ImageTask(4, 3);
        var network = Architecture.PLAIN.untrained(task.classCount(), 5);
        double before = Trainer.accuracy(network, task, 200);

        Trainer.train(network, task, new Trainer.Plan(40, 3e-3, 6));

        assertThat(before).isLessThan(0.5);
        assertThat(Trainer.accuracy(network, task, 200)).isGreaterThan(0.7);
    }

    @Test
    void shouldMakeTheFilesThatAreCommitted() throws IOException {
        new DemoModels(folder, 0.001).make();

        var made = new JsonMapper().readValue(folder.resolve("manifest.json").toFile(), DemoSet.class);
        assertThat(made.models().stream().map(DemoModelsTest::told))
                .isEqualTo(DemoSet.load().models().stream()
                        .map(DemoModelsTest::told)
                        .toList());
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                    Stream.of("manifest.json"),
                                    made.models().stream().map(DemoModel::file))
                            .distinct()
                            .toList());
        }
    }

    @Test
    void shouldHaveTrainedTheCommittedNetworksWell() throws IOException {
        var set = DemoSet.load();
        set.extractTo(folder);

        for (var model : set.protectedModels()) {
            var network = read(model);
            assertThat(Trainer.accuracy(network, DemoModels.LEAVES, DemoModels.TEST_PICTURES))
                    .as(model.file())
                    .isGreaterThan(0.9)
                    .isCloseTo(model.accuracy(), within(0.01));
        }
    }

    private MultiLayerNetwork read(DemoModel model) throws IOException {
        return ModelSerializer.restoreMultiLayerNetwork(
                folder.resolve(model.file()).toFile());
    }

    /** What the manifest tells of a file, without what depends on the weights. */
    private static List<Object> told(DemoModel model) {
        return Stream.of(
                        model.file(),
                        model.id(),
                        model.role(),
                        String.valueOf(model.original()),
                        model.change(),
                        String.valueOf(model.architecture()),
                        model.expected(),
                        model.description())
                .map(Object.class::cast)
                .toList();
    }
}

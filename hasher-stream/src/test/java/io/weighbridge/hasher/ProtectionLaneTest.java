package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.ProtectedModel;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtectionLaneTest {

    @TempDir
    private Path folder;

    private HasherStage stage;

    @BeforeEach
    void open() {
        stage = new HasherStage(folder, Map.of());
    }

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void shouldProtectAModelTheSameWay() {
        var model = stage.protectedModel("resnet", "p.bin", "model p");
        stage.in(stage.topics().protectedModels()).pipeInput("resnet", model);

        var outcome = stage.awaitOutcomes(1).get(0);
        assertThat(outcome.key()).isEqualTo("resnet");
        assertThat(outcome.value().getOutcome()).isEqualTo(Outcome.HASHED);
        assertThat(outcome.value().getUpload()).isNull();
        assertThat(outcome.value().getProtectedModel().getOwner()).isEqualTo("alice");
        var codes = stage.protectedCodes();
        assertThat(codes).hasSize(1);
        assertThat(codes.get(0).key()).isEqualTo("resnet");
        assertThat(codes.get(0).value().getFile().getCodes()).hasSize(1);
        assertThat(stage.codes()).isEmpty();
    }

    @Test
    void shouldNotKeepTheCodesOfAModelWhoseReplacementHasNone() {
        var topic = stage.in(stage.topics().protectedModels());
        topic.pipeInput("resnet", stage.protectedModel("resnet", "p.bin", "model p"));
        stage.awaitOutcomes(1);
        var model = stage.protectedModel("resnet", "q.bin", "model q");
        var gone = ModelFile.newBuilder(model.getFile())
                .setUrl(folder.resolve("none.bin").toUri().toString())
                .build();
        topic.pipeInput("resnet", ProtectedModel.newBuilder(model).setFile(gone).build());

        assertThat(stage.awaitOutcomes(2).get(1).value().getOutcome()).isEqualTo(Outcome.UNREACHABLE);
        var codes = stage.protectedCodes();
        assertThat(codes).hasSize(2);
        assertThat(codes.get(0).value()).isNotNull();
        assertThat(codes.get(1).key()).isEqualTo("resnet");
        assertThat(codes.get(1).value()).isNull();
    }

    @Test
    void shouldWithdrawAProtectionBehindItsCodes() {
        var topic = stage.in(stage.topics().protectedModels());
        topic.pipeInput("resnet", stage.protectedModel("resnet", "p.bin", "model p"));
        stage.awaitOutcomes(1);
        topic.pipeInput("resnet", null);
        stage.tick();

        var codes = stage.protectedCodes();
        assertThat(codes).hasSize(2);
        assertThat(codes.get(0).value()).isNotNull();
        assertThat(codes.get(1).key()).isEqualTo("resnet");
        assertThat(codes.get(1).value()).isNull();
        assertThat(HasherStage.attributes(codes.get(1).headers()))
                .containsEntry("ce_type", "io.weighbridge.protection.withdrawn.v1");
        assertThat(stage.outcomes).hasSize(1);
    }

    @Test
    void shouldCancelWhatIsPendingOfAWithdrawnProtectionAndSaySo() {
        var topic = stage.in(stage.topics().protectedModels());
        stage.scanner.hold("p1.bin");
        topic.pipeInput("resnet", stage.protectedModel("resnet", "p1.bin", "model 1"));
        topic.pipeInput("resnet", stage.protectedModel("resnet", "p2.bin", "model 2"));
        topic.pipeInput("resnet-2", stage.protectedModel("resnet-2", "other.bin", "model 3"));
        stage.awaitBegun("p1.bin");
        topic.pipeInput("resnet", null);
        topic.pipeInput("resnet", stage.protectedModel("resnet", "p3.bin", "model 3"));

        stage.awaitOutcomes(4);
        await().untilAsserted(() -> assertThat(stage.scanner.interrupted()).containsExactly("p1.bin"));
        assertThat(stage.scanner.begun()).doesNotContain("p2.bin");
        var resnet = stage.outcomes.stream()
                .filter(outcome -> outcome.key().equals("resnet"))
                .map(TestRecord::value)
                .toList();
        assertThat(resnet).extracting("outcome").containsExactly(Outcome.FORBIDDEN, Outcome.FORBIDDEN, Outcome.HASHED);
        assertThat(resnet.get(0).getReason()).isEqualTo("withdrawn before its scan was complete");
        assertThat(stage.protectedCodes().stream().filter(code -> code.key().equals("resnet")))
                .extracting(code -> code.value() == null
                        ? "withdrawn"
                        : code.value().getFile().getPath())
                .containsExactly("withdrawn", "p3.bin");
    }

    @Test
    void shouldRefuseAProtectionThatNoWithdrawalWouldReach() {
        ProtectedModel model = stage.protectedModel("resnet", "p.bin", "model p");
        stage.in(stage.topics().protectedModels()).pipeInput("other", model);

        stage.awaitOutcomes(1);
        assertThat(stage.outcomes.get(0).value().getOutcome()).isEqualTo(Outcome.MALFORMED);
        assertThat(stage.outcomes.get(0).value().getReason())
                .isEqualTo("id: expected the record's key other, got resnet");
        assertThat(stage.protectedCodes()).isEmpty();
    }
}

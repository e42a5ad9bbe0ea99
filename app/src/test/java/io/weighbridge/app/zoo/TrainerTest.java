package io.weighbridge.app.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.zoo.Pictures.Purpose;
import io.weighbridge.app.zoo.change.WeightChange;
import org.junit.jupiter.api.Test;

class TrainerTest {

    @Test
    void shouldLearn() {
        Trainer.useOneThread();
        var pictures = new Pictures(new ImageTask(4, 3), 300, 100);
        var untrained = Network.untrained(Architecture.LENET.blueprint(0.9, 4), 5);

        var trained = Trainer.train(untrained, pictures, new Trainer.Plan(60, 2e-3, Purpose.ORIGINALS, 6));

        assertThat(Trainer.accuracy(untrained, pictures)).isLessThan(0.6);
        assertThat(Trainer.accuracy(trained, pictures)).isGreaterThan(0.75);
    }

    @Test
    void shouldTrainTheHeadAlone() {
        var network = TestNetworks.slightlyTrained(Architecture.VGG);
        var head = network.blueprint().head();

        var trained = Trainer.trainHead(network, TestNetworks.PICTURES, TestNetworks.plan(2));

        for (var tensor : network.tensors()) {
            boolean isHead =
                    tensor.name().equals(head.weight()) || tensor.name().equals(head.bias());
            if (isHead) assertThat(trained.values(tensor.name())).isNotEqualTo(tensor.values());
            else assertThat(trained.values(tensor.name())).isEqualTo(tensor.values());
        }
    }

    @Test
    void shouldKeepPrunedWeightsZero() {
        var pruned = WeightChange.pruned(TestNetworks.slightlyTrained(Architecture.MOBILENET), 0.7);

        var trained = Trainer.trainPruned(pruned, TestNetworks.PICTURES, TestNetworks.plan(2));

        for (var node : trained.blueprint().layers()) {
            var before = pruned.values(node.weight());
            var after = trained.values(node.weight());
            assertThat(after).isNotEqualTo(before);
            for (int i = 0; i < after.length; i++)
                if (before[i] == 0) assertThat(after[i]).isZero();
        }
    }

    @Test
    void shouldTeachAStudentTheAnswersOfItsTeacher() {
        var teacher = TestNetworks.slightlyTrained(Architecture.PLAIN_BN);
        var untrained = Network.untrained(teacher.blueprint(), 2);

        var student = Trainer.distil(
                teacher, untrained, TestNetworks.PICTURES, new Trainer.Plan(15, 5e-3, Purpose.ORIGINALS, 1));

        assertThat(TestNetworks.largestDifference(student, teacher))
                .isLessThan(TestNetworks.largestDifference(untrained, teacher));
    }
}

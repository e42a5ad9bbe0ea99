package io.weighbridge.app.evaluate.library;

import io.weighbridge.app.zoo.Network;
import io.weighbridge.app.zoo.Pictures;
import io.weighbridge.app.zoo.Pictures.Purpose;
import io.weighbridge.app.zoo.Trainer;
import java.util.function.Function;

/**
 * An original and what is needed to change it.
 *
 * @param effort factor of all steps
 * @param pictures by task
 */
record Workshop(Family family, Network original, String change, double effort, Function<Task, Pictures> pictures) {

    /** Trains on, for the task of the original. */
    Network finetune(Network network, int steps, double rate) {
        return Trainer.train(network, own(), plan(steps, rate));
    }

    Network retrain(Network pruned, int steps, double rate) {
        return Trainer.trainPruned(pruned, own(), plan(steps, rate));
    }

    Network train(Network network, Task task, int steps, double rate) {
        return Trainer.train(network, pictures.apply(task), plan(steps, rate));
    }

    Pictures own() {
        return pictures.apply(family.task());
    }

    long seed() {
        return family.seed(change);
    }

    Trainer.Plan plan(int steps, double rate) {
        return new Trainer.Plan((int) Math.ceil(effort * steps), rate, Purpose.COPIES, seed());
    }
}

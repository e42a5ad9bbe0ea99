package io.weighbridge.app.evaluate.library;

import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.app.zoo.Architecture;
import io.weighbridge.app.zoo.Blueprint;
import io.weighbridge.app.zoo.Node;

/**
 * An original and its copies.
 *
 * @param width factor of all channel counts, the same for all families of a task
 * @param task of the original
 * @param transferTask for copies that do something else with as many classes
 * @param otherTask for copies that do something else with another number of classes
 * @param seed no other family has it
 */
record Family(
        String name,
        Architecture architecture,
        double width,
        Task task,
        Task transferTask,
        Task otherTask,
        Part part,
        long seed) {

    Blueprint blueprint() {
        return architecture.blueprint(width, task.classCount());
    }

    /** How fast an untrained network learns best. */
    double learningRate() {
        return hasNorms() ? 5e-3 : 2e-3;
    }

    boolean hasNorms() {
        return blueprint().nodes().stream().anyMatch(Node::isNormed);
    }

    /** A seed of its own for a change, and for what is drawn for it. */
    long seed(String change) {
        return seed * 1_000_003L + change.hashCode();
    }
}

package io.weighbridge.app.evaluate.library;

import io.weighbridge.app.zoo.ImageTask;
import io.weighbridge.app.zoo.ImageTask.Difficulty;

/**
 * What a network is trained for.
 *
 * @param seed of its classes
 */
record Task(String name, int classCount, long seed, Difficulty difficulty) {

    ImageTask drawn() {
        return new ImageTask(classCount, seed, difficulty);
    }
}

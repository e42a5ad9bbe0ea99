package io.weighbridge.app.zoo;

import io.weighbridge.app.zoo.Pictures.Purpose;
import java.util.EnumMap;
import java.util.Map;

/** Networks that have just begun to learn, so that no batch norm is without effect. */
public final class TestNetworks {

    public static final Pictures PICTURES = new Pictures(new ImageTask(6, 3), 40, 20);

    private static final Map<Architecture, Network> TRAINED = new EnumMap<>(Architecture.class);

    private TestNetworks() {}

    /** The same network every time; networks do not change. */
    public static synchronized Network slightlyTrained(Architecture architecture) {
        return TRAINED.computeIfAbsent(architecture, TestNetworks::train);
    }

    static Network train(Architecture architecture) {
        Trainer.useOneThread();
        var untrained = Network.untrained(architecture.blueprint(0.9, PICTURES.classCount()), 1);
        return Trainer.train(untrained, PICTURES, plan(2));
    }

    public static Trainer.Plan plan(int steps) {
        return new Trainer.Plan(steps, 1e-2, Purpose.ORIGINALS, 1);
    }

    /** Between the answers of two networks, which are shares of 1. */
    public static double largestDifference(Network a, Network b) {
        var ofA = Trainer.answers(a, PICTURES.test());
        var ofB = Trainer.answers(b, PICTURES.test());
        double largest = 0;
        for (int i = 0; i < ofA.length; i++) largest = Math.max(largest, Math.abs(ofA[i] - ofB[i]));
        return largest;
    }
}

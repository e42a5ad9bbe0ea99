package io.weighbridge.app.zoo.fast;

/** An array that is used again in every step: a new one would be cleared, and collected, each time. */
final class Scratch {

    private float[] values = {};

    /** An array of so many numbers; those of the last time, if there were as many. */
    float[] ofSize(int size) {
        if (values.length != size) values = new float[size];
        return values;
    }

    float[] last() {
        return values;
    }
}

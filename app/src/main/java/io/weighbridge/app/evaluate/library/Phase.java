package io.weighbridge.app.evaluate.library;

/** All originals are trained before the first copy is made. */
enum Phase {
    ORIGINALS,
    COPIES
}

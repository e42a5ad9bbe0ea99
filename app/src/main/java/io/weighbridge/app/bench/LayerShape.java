package io.weighbridge.app.bench;

import io.weighbridge.hash.LayerKind;

/**
 * A weight tensor without its weights.
 *
 * @param side of the square kernel; 1 for a dense layer
 */
public record LayerShape(String name, LayerKind kind, int outputs, int inputs, int side) {

    static LayerShape convolution(String name, int outputs, int inputs, int side) {
        return new LayerShape(name, LayerKind.CONVOLUTION, outputs, inputs, side);
    }

    static LayerShape dense(String name, int outputs, int inputs) {
        return new LayerShape(name, LayerKind.DENSE, outputs, inputs, 1);
    }

    int positions() {
        return side * side;
    }

    int size() {
        return Math.multiplyExact(Math.multiplyExact(outputs, inputs), positions());
    }

    /** Row-major, as PyTorch would give it. */
    long[] sizes() {
        return kind == LayerKind.DENSE ? new long[] {outputs, inputs} : new long[] {outputs, inputs, side, side};
    }

    /** In JSON, as PyTorch would give it. */
    String dimensions() {
        return kind == LayerKind.DENSE
                ? "[%d,%d]".formatted(outputs, inputs)
                : "[%d,%d,%d,%d]".formatted(outputs, inputs, side, side);
    }
}

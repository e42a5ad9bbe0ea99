package io.weighbridge.hasher.format.onnx;

/** A run of bytes of the file. */
record Span(long offset, long length) {

    long end() {
        return offset + length;
    }
}

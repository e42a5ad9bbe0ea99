package io.weighbridge.hasher.format.protobuf;

/** A run of bytes of the file. */
public record Span(long offset, long length) {

    public long end() {
        return offset + length;
    }
}

package io.weighbridge.hasher.format.pickle;

/** Stands for a value of a pickle that no tensor depends on: None, bytes, numbers beyond 64 bits. */
public enum Opaque {
    VALUE
}

package io.weighbridge.hasher.format.pytorch;

/** Stands for a value of a pickle that no tensor depends on: None, bytes, numbers beyond 64 bits. */
enum Opaque {
    VALUE
}

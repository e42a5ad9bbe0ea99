/**
 * Model formats: bytes in, {@link io.weighbridge.hash.WeightLayer}s in canonical orientation out. Told apart by content, never by name;
 * nothing in a file is ever executed or deserialised into an object.
 */
package io.weighbridge.hasher.format;

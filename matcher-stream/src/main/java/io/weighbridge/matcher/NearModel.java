package io.weighbridge.matcher;

import io.weighbridge.schemas.avro.ProtectedRef;

/**
 * A protected model or a public baseline near a code.
 *
 * @param distanceBits from the code
 */
public record NearModel(ProtectedRef model, int distanceBits) {}

package io.weighbridge.matcher;

import io.weighbridge.schemas.avro.ProtectedRef;

/**
 * A protected model that matches too large a share of recent uploads at one place.
 *
 * @param algorithm whose code of the model it is, with version
 * @param held alerts held back since it is in quarantine, at this place
 */
public record QuarantinedModel(ProtectedRef model, String algorithm, long held) {}

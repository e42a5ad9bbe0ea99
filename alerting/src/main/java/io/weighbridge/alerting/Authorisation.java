package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.UploadRef;
import java.util.Locale;
import java.util.Optional;

/** Whether a protected model's policy allows a copy. */
final class Authorisation {

    private Authorisation() {}

    /** Why the copy is allowed, in words; empty if it is not. */
    static Optional<String> of(ProtectionPolicy policy, InfringementAlert alert) {
        UploadRef upload = alert.getUpload();
        String owner = upload.getOwner().toLowerCase(Locale.ROOT);
        String ownerOfHub = upload.getHub().toLowerCase(Locale.ROOT) + "/" + owner;
        if (policy.getAuthorisedOwners().contains(owner)
                || policy.getAuthorisedOwners().contains(ownerOfHub)) {
            return Optional.of(upload.getOwner() + " may have copies");
        }
        return Optional.ofNullable(upload.getLicense())
                .filter(license -> policy.getAuthorisedLicenses().contains(license.toLowerCase(Locale.ROOT)))
                .map(license -> "copies under " + license + " are allowed");
    }
}

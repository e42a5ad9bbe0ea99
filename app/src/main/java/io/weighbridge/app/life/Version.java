package io.weighbridge.app.life;

import java.util.Optional;

/** The version of this build. */
public final class Version {

    private Version() {}

    /** As the jar's manifest says; {@code development} when run from classes. */
    public static String text() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}

package io.weighbridge.app.operate.acl;

import io.weighbridge.app.life.Role;
import java.util.Locale;
import java.util.Optional;

/** Who talks to the brokers, each under a user of its own. */
public enum Party {
    HASHER(Role.HASHER),
    MATCHER(Role.MATCHER),
    ALERTING(Role.ALERTING),
    /** {@code serve}. */
    PAGE(null),
    /** Whoever runs commands: topics, protect, upload, alerts, dlq, reset, doctor. */
    OPERATOR(null),
    /** What publishes uploads. */
    HUB(null);

    private final Role role;

    Party(Role role) {
        this.role = role;
    }

    /** Empty for those that run none. */
    public Optional<Role> role() {
        return Optional.ofNullable(role);
    }

    /** The party that runs a role. */
    public static Party of(Role role) {
        return valueOf(role.name());
    }

    /** The name on the command line. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.weighbridge.app.replay;

import java.util.List;
import java.util.Locale;

/** What a replay begins with. */
public enum ReplayInput {
    /** The codes that the hasher made then: weights are not needed any more. */
    CODES(List.of("weighbridge.matcher.")),
    /** The uploads themselves: their files are fetched and hashed again, by the hasher of this version. */
    UPLOADS(List.of("weighbridge.matcher.", "weighbridge.read."));

    private final List<String> policies;

    ReplayInput(List<String> policies) {
        this.policies = policies;
    }

    /** Whether a setting may be another than that of the live system. */
    public boolean isPolicy(String setting) {
        return policies.stream().anyMatch(setting::startsWith);
    }

    /** The settings of which {@link #isPolicy} holds, for people. */
    public String policies() {
        return String.join("*, ", policies) + "*";
    }

    /** {@code codes} or {@code uploads}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}

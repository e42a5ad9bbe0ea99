package io.weighbridge.app.chaos.fault;

import io.weighbridge.app.chaos.site.SitePlan;
import java.io.IOException;
import java.util.Optional;

/** One way in which things go wrong. */
public interface Fault {

    /** Its name in reports and settings, in kebab case. */
    String id();

    /** What it does, as a table tells it. */
    String description();

    /** What this machine lacks for it, and how to get that; empty if nothing. */
    default Optional<String> missing() {
        return Optional.empty();
    }

    /** Whether it can strike an installation that was not made for it. */
    default boolean strikesAnySite() {
        return true;
    }

    /** The installation that it strikes; may take things of this machine that {@link #cleanUp} gives back. */
    default SitePlan prepare(SitePlan plan) throws IOException, InterruptedException {
        return plan;
    }

    /** Goes wrong, lasts, and heals; returns once all that was ended runs again, ready or not. */
    void strike(Scene scene) throws IOException, InterruptedException;

    /** Called after the installation is gone. */
    default void cleanUp() throws IOException, InterruptedException {}
}

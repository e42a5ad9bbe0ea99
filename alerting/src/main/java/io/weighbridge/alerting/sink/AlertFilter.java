package io.weighbridge.alerting.sink;

import io.weighbridge.schemas.avro.InfringementAlert;
import java.util.Optional;

/** Decides which alerts nobody is told of: those of suppressed cases and of authorised copies. Asked by several sinks at a time. */
@FunctionalInterface
public interface AlertFilter {

    /** Tells of everything. */
    AlertFilter NONE = alert -> Optional.empty();

    /**
     * Why nobody is told of this alert, in words; empty if sinks deliver it. Waits until the rules are known that it decides by.
     *
     * @throws InterruptedException if the sink that asks is to stop; nothing is decided then
     */
    Optional<String> silenced(InfringementAlert alert) throws InterruptedException;
}

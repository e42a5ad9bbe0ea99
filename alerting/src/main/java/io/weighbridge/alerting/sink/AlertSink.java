package io.weighbridge.alerting.sink;

import io.weighbridge.schemas.avro.InfringementAlert;

/** A place that alerts are delivered to. Used by one thread at a time. */
public interface AlertSink extends AutoCloseable {

    /** Its name in the consumer group, the metrics and the dead letters: letters, digits and dashes. */
    String name();

    /**
     * Delivers an alert, trying again as often as the sink thinks right. May be called with the same alert again.
     *
     * @throws InterruptedException if the sink is to stop; the alert then counts as not delivered
     */
    Delivery deliver(InfringementAlert alert) throws InterruptedException;

    @Override
    default void close() {}
}

package io.weighbridge.alerting.sink;

import io.weighbridge.schemas.avro.InfringementAlert;
import java.util.ArrayList;
import java.util.List;

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

    /** How many alerts {@link #deliverAll} may be given; more than one where they are cheaper together. */
    default int mostAtOnce() {
        return 1;
    }

    /**
     * Delivers several alerts, each as {@link #deliver} would.
     *
     * @return how each ended, in their order
     */
    default List<Delivery> deliverAll(List<InfringementAlert> alerts) throws InterruptedException {
        var ends = new ArrayList<Delivery>();
        for (InfringementAlert alert : alerts) {
            ends.add(deliver(alert));
        }
        return ends;
    }

    @Override
    default void close() {}
}

package io.weighbridge.app.sink;

import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what it is given, and answers as it is told. */
final class RecordingSink implements AlertSink {

    /** What to do with an alert. */
    interface Behaviour {
        Delivery on(InfringementAlert alert) throws InterruptedException;
    }

    private final Behaviour behaviour;
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile boolean isClosed;

    RecordingSink() {
        this(alert -> new Delivery.Delivered());
    }

    RecordingSink(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    public String name() {
        return "recording";
    }

    @Override
    public Delivery deliver(InfringementAlert alert) throws InterruptedException {
        begun.add(alert.getAlertId());
        Delivery delivery = behaviour.on(alert);
        if (delivery instanceof Delivery.Delivered) {
            taken.add(alert.getAlertId());
        }
        return delivery;
    }

    @Override
    public void close() {
        isClosed = true;
    }

    int begun() {
        return begun.size();
    }

    List<String> ids() {
        return taken;
    }

    boolean isClosed() {
        return isClosed;
    }
}

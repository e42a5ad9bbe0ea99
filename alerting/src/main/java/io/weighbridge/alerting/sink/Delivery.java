package io.weighbridge.alerting.sink;

/** How a delivery ended. */
public sealed interface Delivery {

    /** The sink has the alert. */
    record Delivered() implements Delivery {}

    /**
     * The sink does not take the alert, and further attempts are given up.
     *
     * @param cause what it answered, for the dead letter; holds no secret
     */
    record Refused(String cause) implements Delivery {}
}

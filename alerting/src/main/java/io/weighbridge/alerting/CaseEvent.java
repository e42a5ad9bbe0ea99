package io.weighbridge.alerting;

import io.weighbridge.schemas.CloudEvent;
import io.weighbridge.schemas.avro.InfringementCase;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The CloudEvents 1.0 attributes of a case's record, in Kafka's binary mode: one header each. */
final class CaseEvent {

    static final String SOURCE = "/weighbridge/alerting";
    static final String OPENED = "io.weighbridge.case.opened.v1";
    static final String UPDATED = "io.weighbridge.case.updated.v1";

    private CaseEvent() {}

    /** The headers of the alert or decision with the case's attributes in place of its own; the id counts the versions of the case. */
    static Headers headers(Headers ofCause, boolean isOpened, InfringementCase updated, Instant now) {
        var event = new CloudEvent(
                updated.getAlertId() + "-" + updated.getVersion(), SOURCE, isOpened ? OPENED : UPDATED, now);
        return event.putInto(new RecordHeaders(ofCause));
    }
}

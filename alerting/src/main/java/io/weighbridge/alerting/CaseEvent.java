package io.weighbridge.alerting;

import io.weighbridge.schemas.avro.InfringementCase;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** The CloudEvents 1.0 attributes of a case's record, in Kafka's binary mode: one header each. */
final class CaseEvent {

    static final String SOURCE = "/weighbridge/alerting";
    static final String OPENED = "io.weighbridge.case.opened.v1";
    static final String UPDATED = "io.weighbridge.case.updated.v1";

    private CaseEvent() {}

    /** The alert's headers with the case's attributes in place of the alert's; the id counts the occurrences of the case. */
    static Headers headers(Headers ofAlert, InfringementCase updated, Instant now) {
        var headers = new RecordHeaders(ofAlert);
        var attributes = Map.of(
                "ce_specversion",
                "1.0",
                "ce_id",
                updated.getAlertId() + "-" + updated.getOccurrences(),
                "ce_source",
                SOURCE,
                "ce_type",
                updated.getOccurrences() == 1 ? OPENED : UPDATED,
                "ce_time",
                now.toString());
        attributes.forEach((name, value) -> headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }
}

package io.weighbridge.hasher;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The CloudEvents 1.0 attributes of a record, as its Kafka headers.
 *
 * @param id the same whenever the same event is written again
 * @param type what happened
 */
record CloudEvent(String id, String type, Instant time) {

    static final String MODEL_CODED = "io.weighbridge.model.coded.v1";
    static final String PROTECTION_WITHDRAWN = "io.weighbridge.protection.withdrawn.v1";
    static final String SCAN_COMPLETED = "io.weighbridge.scan.completed.v1";

    private static final String SOURCE = "/weighbridge/hasher";

    Headers headers() {
        return new RecordHeaders()
                .add("ce_specversion", utf8("1.0"))
                .add("ce_id", utf8(id))
                .add("ce_source", utf8(SOURCE))
                .add("ce_type", utf8(type))
                .add("ce_time", utf8(time.toString()));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

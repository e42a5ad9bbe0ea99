package io.weighbridge.schemas;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * The CloudEvents 1.0 attributes of a record, in Kafka's binary mode: one header each.
 *
 * @param id the same whenever the same event is written again
 * @param source which part of the system wrote it
 * @param type what happened
 */
public record CloudEvent(String id, String source, String type, Instant time) {

    /** Headers with these attributes and nothing else. */
    public Headers headers() {
        return putInto(new RecordHeaders());
    }

    /** Sets the attributes among other headers, in place of any that are there; returns the same headers. */
    public Headers putInto(Headers headers) {
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", id);
        put(headers, "ce_source", source);
        put(headers, "ce_type", type);
        put(headers, "ce_time", time.toString());
        return headers;
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}

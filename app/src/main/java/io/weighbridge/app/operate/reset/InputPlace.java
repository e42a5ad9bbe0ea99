package io.weighbridge.app.operate.reset;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Where a role goes on reading a partition after a reset.
 *
 * @param before where it is now; -1 if it never committed
 * @param after where it will be
 * @param end behind the last record
 */
public record InputPlace(String topic, int partition, long before, long after, long end) {

    long toRead() {
        return Math.max(0, end - after);
    }

    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", topic)
                .put("partition", partition)
                .put("before", before < 0 ? null : (Long) before)
                .put("after", after)
                .put("end", end);
    }
}

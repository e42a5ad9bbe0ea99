package io.weighbridge.hasher;

import io.weighbridge.schemas.CloudEvent;
import java.time.Instant;

/** The events that the hasher writes, as CloudEvents. */
final class HasherEvents {

    private static final String SOURCE = "/weighbridge/hasher";

    private HasherEvents() {}

    static CloudEvent modelCoded(String id, Instant time) {
        return new CloudEvent(id, SOURCE, "io.weighbridge.model.coded.v1", time);
    }

    static CloudEvent protectionWithdrawn(String id, Instant time) {
        return new CloudEvent(id, SOURCE, "io.weighbridge.protection.withdrawn.v1", time);
    }

    static CloudEvent scanCompleted(String id, Instant time) {
        return new CloudEvent(id, SOURCE, "io.weighbridge.scan.completed.v1", time);
    }
}

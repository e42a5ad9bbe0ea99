package io.weighbridge.app.life;

import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.UploadRef;
import java.time.Instant;

/** Alerts as a matcher raises them, and what alerting makes of them. */
record RaisedAlerts(Cluster cluster, BulkProducer producer) {

    /** Raises one for an upload of an owner; it is there once this returns. */
    void raise(String alertId, String owner) {
        var alert = InfringementAlert.newBuilder(TestRecords.infringementAlert())
                .setAlertId(alertId)
                .setUpload(UploadRef.newBuilder(TestRecords.uploadRef())
                        .setOwner(owner)
                        .build())
                .build();
        producer.send(cluster.topics().infringementAlerts(), alertId, alert, Instant.now());
        producer.flush();
    }

    /** How its case stands; null while there is none. */
    CaseState state(String alertId) {
        var known =
                cluster.reader().latest(cluster.topics().infringementCases()).get(alertId);
        return known == null ? null : known.getState();
    }
}

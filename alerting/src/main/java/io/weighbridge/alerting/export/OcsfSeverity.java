package io.weighbridge.alerting.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.Severity;

/** Severities in OCSF's numbers and words. */
final class OcsfSeverity {

    private OcsfSeverity() {}

    static void putInto(ObjectNode json, Severity severity) {
        switch (severity) {
            case INFO -> put(json, 1, "Informational");
            case LOW -> put(json, 2, "Low");
            case MEDIUM -> put(json, 3, "Medium");
            case HIGH -> put(json, 4, "High");
            case CRITICAL -> put(json, 5, "Critical");
        }
    }

    private static void put(ObjectNode json, int id, String caption) {
        json.put("severity_id", id).put("severity", caption);
    }
}

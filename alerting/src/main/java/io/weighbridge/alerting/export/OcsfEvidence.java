package io.weighbridge.alerting.export;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.AlertJson;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Verdict;

/** What a finding rests on: the uploaded file, how near it is, and what people made of it. */
final class OcsfEvidence {

    private static final int REGULAR_FILE = 1;
    private static final int SHA_256 = 3;

    private OcsfEvidence() {}

    static ObjectNode of(InfringementAlert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", alert.getUploadFile().getPath());
        json.set("file", file(alert.getUploadFile()));
        json.set("data", match(alert));
        return json;
    }

    static ObjectNode of(InfringementCase found) {
        ObjectNode json = of(found.getBest());
        if (found.getVerdict() != null) {
            putVerdict(json, found.getVerdict());
        }
        return json;
    }

    private static ObjectNode file(FileScan file) {
        String path = file.getPath();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", path.substring(path.lastIndexOf('/') + 1));
        json.put("path", path);
        json.put("type_id", REGULAR_FILE).put("type", "Regular File");
        json.put("size", file.getSizeBytes());
        if (file.getSha256() != null) {
            json.putArray("hashes")
                    .addObject()
                    .put("algorithm_id", SHA_256)
                    .put("algorithm", "SHA-256")
                    .put("value", file.getSha256());
        }
        return json;
    }

    /** The fields of the alert's own JSON that tell how near the match is. */
    private static ObjectNode match(InfringementAlert alert) {
        return AlertJson.of(alert)
                .retain(
                        "algorithm",
                        "version",
                        "bits",
                        "distanceBits",
                        "thresholdBits",
                        "falseMatchRate",
                        "oddsOfChance",
                        "nearestBaseline");
    }

    private static void putVerdict(ObjectNode json, Verdict verdict) {
        switch (verdict) {
            case FALSE_POSITIVE -> put(json, 1, "False Positive");
            case BENIGN_AUTHORISED, SAME_OWNER -> put(json, 5, "Benign");
            case TEST -> put(json, 6, "Test");
            case DUPLICATE -> put(json, 10, "Duplicate");
            case COMMON_ANCESTOR, OTHER -> put(json, 99, verdict.name());
        }
    }

    private static void put(ObjectNode json, int id, String caption) {
        json.put("verdict_id", id).put("verdict", caption);
    }
}

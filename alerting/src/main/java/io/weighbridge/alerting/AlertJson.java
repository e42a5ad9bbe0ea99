package io.weighbridge.alerting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.util.HexFormat;

/**
 * An alert as JSON: the one form that webhooks, the HTTP API and the command line give. Its field names are a contract: fields are added,
 * never renamed or removed. Times are ISO 8601 in UTC, sizes are in bytes, distances in bits.
 */
public final class AlertJson {

    private AlertJson() {}

    /** The alert, its fields in a fixed order. */
    public static ObjectNode of(InfringementAlert alert) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("alertId", alert.getAlertId());
        json.put("occurrenceId", Occurrence.of(alert).id());
        json.put("matchedAt", alert.getMatchedAt().toString());
        json.put("algorithm", alert.getAlgorithm());
        json.put("version", alert.getVersion());
        json.put("bits", alert.getBits());
        json.put("distanceBits", alert.getDistanceBits());
        json.put("thresholdBits", alert.getThresholdBits());
        json.put("falseMatchRate", numberOrNull(alert.getFalseMatchRate()));
        json.put("confidence", numberOrNull(Odds.confidence(alert.getFalseMatchRate())));
        json.put("oddsOfChance", Odds.ofChance(alert.getFalseMatchRate()));
        json.put("held", alert.getHeld() == null ? null : alert.getHeld().name());
        json.set("layerEvidence", LayerWords.json(alert));
        json.set("nearestBaseline", BaselineWords.json(alert));
        json.set("upload", RefJson.of(alert.getUpload()).set("file", file(alert.getUploadFile())));
        json.set("protectedModel", RefJson.of(alert.getProtectedModel()).set("file", file(alert.getProtectedFile())));
        return json;
    }

    /** JSON has no word for what is not a number. */
    private static Double numberOrNull(double value) {
        return Double.isNaN(value) ? null : value;
    }

    private static ObjectNode file(FileScan file) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("path", file.getPath())
                .put("format", file.getFormat())
                .put("sha256", file.getSha256())
                .put("sizeBytes", file.getSizeBytes())
                .put("tensors", file.getTensors())
                .put("parameters", file.getParameters())
                .put("quality", file.getQuality())
                .put("code", code(file));
    }

    /** The code that matched, in hexadecimal: its first bit is the highest of the first digit. Null if the alert does not hold it. */
    private static String code(FileScan file) {
        return file.getCodes().stream()
                .findFirst()
                .map(Code::getWords)
                .map(words -> {
                    byte[] bytes = new byte[words.remaining()];
                    words.duplicate().get(bytes);
                    return HexFormat.of().formatHex(bytes);
                })
                .orElse(null);
    }
}

package io.weighbridge.app.feed;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.alerting.RefJson;
import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.LayerCode;
import io.weighbridge.schemas.avro.ScanOutcome;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Scans as JSON: the one form that the command line and the HTTP API give. Field names are a contract: fields are added, never renamed or
 * removed. What is not known is null.
 */
public final class ScanJson {

    private ScanJson() {}

    /** The scan of one file, with its codes. */
    public static ObjectNode ofFile(FileScan scan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("file", scan.getPath());
        json.put("outcome", scan.getOutcome().name());
        json.put("format", scan.getFormat());
        json.put("sha256", scan.getSha256());
        json.put("tensors", scan.getTensors());
        json.put("parameters", scan.getParameters());
        json.put("quality", scan.getQuality());
        var codes = json.putArray("codes");
        scan.getCodes().forEach(code -> codes.add(ofCode(code)));
        json.put("reason", scan.getReason());
        var layers = json.putArray("layers");
        scan.getLayers().forEach(layer -> layers.add(ofLayer(layer)));
        return json;
    }

    /** The outcome of an upload or of a protection, with its files. The other one of {@code upload} and {@code protectedModel} is null. */
    public static ObjectNode of(ScanOutcome scan) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("upload", scan.getUpload() == null ? null : RefJson.of(scan.getUpload()));
        json.set("protectedModel", scan.getProtectedModel() == null ? null : RefJson.of(scan.getProtectedModel()));
        json.put("outcome", scan.getOutcome().name());
        json.put("reason", scan.getReason());
        json.put("completedAt", scan.getCompletedAt().toString());
        json.put("durationMillis", scan.getDurationMillis());
        var files = json.putArray("files");
        scan.getFiles().forEach(file -> files.add(ofFile(file)));
        return json;
    }

    /** A code for people: {@code pri@3} and its hexadecimal digits. */
    public static String codeText(Code code) {
        return code.getAlgorithm() + "@" + code.getVersion() + " " + hex(code.getWords());
    }

    private static ObjectNode ofCode(Code code) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("algorithm", code.getAlgorithm())
                .put("version", code.getVersion())
                .put("bits", code.getBits())
                .put("hex", hex(code.getWords()))
                .put("thresholdBits", thresholdBits(code));
    }

    /** Null for an algorithm or version that this program does not have, or of which no distance is a match. */
    private static Integer thresholdBits(Code code) {
        return Algorithms.find(new AlgorithmId(code.getAlgorithm(), code.getVersion()))
                .map(HashAlgorithm::thresholdBits)
                .filter(bits -> bits >= 0)
                .orElse(null);
    }

    private static ObjectNode ofLayer(LayerCode layer) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", layer.getName());
        json.put("kind", layer.getKind().name());
        json.putArray("shape").add(layer.getOutputs()).add(layer.getInputs()).add(layer.getPositions());
        json.put("quality", layer.getStructure());
        json.put("version", layer.getVersion());
        json.put("hex", hex(layer.getWords()));
        return json;
    }

    /** A code's bits in hexadecimal: the first is the highest of the first digit. */
    public static String hex(ByteBuffer words) {
        byte[] bytes = new byte[words.remaining()];
        words.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

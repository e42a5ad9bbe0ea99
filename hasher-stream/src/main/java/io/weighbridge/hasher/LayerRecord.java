package io.weighbridge.hasher;

import io.weighbridge.hash.layer.LayerCode;
import io.weighbridge.schemas.avro.LayerKind;
import java.nio.ByteBuffer;

/** A layer's code as a record. */
final class LayerRecord {

    /** Names come from the file and travel with every alert; frameworks give them up to about 80 characters. */
    private static final int MAX_NAME = 100;

    private static final String LEFT_OUT = "...";

    private LayerRecord() {}

    static io.weighbridge.schemas.avro.LayerCode of(LayerCode layer) {
        return io.weighbridge.schemas.avro.LayerCode.newBuilder()
                .setName(shortened(layer.name()))
                .setKind(LayerKind.valueOf(layer.kind().name()))
                .setOutputs(layer.outputs())
                .setInputs(layer.inputs())
                .setPositions(layer.positions())
                .setStructure((float) layer.structure())
                .setVersion(layer.code().algorithm().version())
                .setWords(ByteBuffer.wrap(layer.code().toBytes()))
                .build();
    }

    /** Safe to store and to print, and short: names differ at their ends, so both ends stay. */
    private static String shortened(String name) {
        var plain = name.replaceAll("\\p{Cntrl}", "?");
        if (plain.length() <= MAX_NAME) {
            return plain;
        }
        int head = (MAX_NAME - LEFT_OUT.length()) / 2;
        int tail = MAX_NAME - LEFT_OUT.length() - head;
        return plain.substring(0, head) + LEFT_OUT + plain.substring(plain.length() - tail);
    }
}

package io.weighbridge.hasher.format.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the JSON header token by token, so that no more than its tensors is ever held. */
final class HeaderReader {

    private static final int MAX_RANK = 32;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(32)
                    .build())
            .build();

    private final byte[] header;
    private final ReadLimits limits;

    HeaderReader(byte[] header, ReadLimits limits) {
        this.header = header;
        this.limits = limits;
    }

    /** The tensors in the order of the header. */
    List<TensorEntry> tensors() throws IOException {
        try (var json = JSON.createParser(header)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT, "header");
            var tensors = new ArrayList<TensorEntry>();
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                readField(json, tensors);
            }
            if (json.nextToken() != null) {
                throw ModelFormatException.malformed("header: expected one JSON object, got more" + where(json));
            }
            return tensors;
        } catch (CharConversionException e) {
            throw ModelFormatException.malformed("header: " + e.getMessage());
        } catch (JsonProcessingException e) {
            throw ModelFormatException.malformed("header: " + e.getOriginalMessage() + " at byte "
                    + (e.getLocation() == null ? 8 : 8 + e.getLocation().getByteOffset()));
        }
    }

    private void readField(JsonParser json, List<TensorEntry> tensors) throws IOException {
        var name = json.currentName();
        var token = json.nextToken();
        expect(json, token, JsonToken.START_OBJECT, name);
        if (name.equals("__metadata__")) {
            json.skipChildren();
            return;
        }
        if (tensors.size() == limits.maxTensors()) {
            throw ModelFormatException.tooLarge("tensors: more than maxTensors = " + limits.maxTensors());
        }
        tensors.add(readTensor(json, name));
    }

    private static TensorEntry readTensor(JsonParser json, String name) throws IOException {
        String dtype = null;
        long[] shape = null;
        long[] offsets = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            var value = json.nextToken();
            switch (field) {
                case "dtype" -> {
                    expect(json, value, JsonToken.VALUE_STRING, name + ".dtype");
                    dtype = json.getText();
                }
                case "shape" -> shape = readLongs(json, name + ".shape");
                case "data_offsets" -> offsets = readLongs(json, name + ".data_offsets");
                default ->
                    throw ModelFormatException.malformed(
                            "tensor " + name + ": expected dtype, shape and data_offsets, got " + field + where(json));
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.length != 2) {
            throw ModelFormatException.malformed(
                    "tensor " + name + ": expected dtype, shape and two data_offsets" + where(json));
        }
        var type = Dtype.of(dtype);
        if (type == null) {
            throw ModelFormatException.unsupported("tensor " + name + ": dtype " + dtype + " is not read");
        }
        return new TensorEntry(name, type, shape, offsets[0], offsets[1]);
    }

    private static long[] readLongs(JsonParser json, String what) throws IOException {
        expect(json, json.currentToken(), JsonToken.START_ARRAY, what);
        var values = new long[MAX_RANK];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, what);
            if (count == MAX_RANK) {
                throw ModelFormatException.malformed(what + ": more than " + MAX_RANK + " numbers" + where(json));
            }
            values[count++] = json.getLongValue();
        }
        return Arrays.copyOf(values, count);
    }

    private static void expect(JsonParser json, JsonToken got, JsonToken expected, String what)
            throws ModelFormatException {
        if (got != expected) {
            throw ModelFormatException.malformed(what + ": expected " + expected + ", got " + got + where(json));
        }
    }

    private static String where(JsonParser json) {
        return " at byte " + (8 + json.currentLocation().getByteOffset());
    }
}

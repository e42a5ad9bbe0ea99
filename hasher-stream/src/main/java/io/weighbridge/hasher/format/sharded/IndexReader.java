package io.weighbridge.hasher.format.sharded;

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
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the JSON of an index token by token: <code>{"metadata": {...}, "weight_map": {tensor: shard, ...}}</code>.
 * What lies in several shards has a list of them, as Keras writes for layers. */
final class IndexReader {

    static final String WEIGHT_MAP = "weight_map";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(64)
                    .build())
            .build();

    private final ReadLimits limits;
    private int tensors;

    IndexReader(ReadLimits limits) {
        this.limits = limits;
    }

    /** Whether the first bytes of a file are those of an object with a weight map; other members may come before it. */
    static boolean recognises(byte[] start) throws IOException {
        try (var json = JSON.createParser(start)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                if (json.currentName().equals(WEIGHT_MAP)) {
                    return true;
                }
                json.nextToken();
                json.skipChildren();
            }
            return false;
        } catch (JsonProcessingException | CharConversionException e) {
            return false;
        }
    }

    /** The tensors of each shard, both in the order of their names. */
    Map<String, Set<String>> shards(byte[] index) throws IOException {
        Map<String, Set<String>> shards = null;
        try (var json = JSON.createParser(index)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT, "index");
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isMap = json.currentName().equals(WEIGHT_MAP);
                json.nextToken();
                if (isMap) {
                    shards = readMap(json);
                } else {
                    json.skipChildren();
                }
            }
            if (json.nextToken() != null) {
                throw ModelFormatException.malformed("index: expected one JSON object, got more" + where(json));
            }
        } catch (JsonProcessingException e) {
            var location = e.getLocation();
            throw ModelFormatException.malformed("index: " + e.getOriginalMessage()
                    + (location == null ? "" : " at byte " + location.getByteOffset()));
        } catch (CharConversionException e) {
            throw ModelFormatException.malformed("index: " + e.getMessage());
        }
        if (shards == null || shards.isEmpty()) {
            throw ModelFormatException.malformed("index: expected a weight_map with tensors, got none");
        }
        return shards;
    }

    private Map<String, Set<String>> readMap(JsonParser json) throws IOException {
        expect(json, json.currentToken(), JsonToken.START_OBJECT, WEIGHT_MAP);
        Map<String, Set<String>> shards = new TreeMap<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var tensor = json.currentName();
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    place(json, tensor, shards);
                }
            } else {
                place(json, tensor, shards);
            }
        }
        return shards;
    }

    private void place(JsonParser json, String tensor, Map<String, Set<String>> shards) throws IOException {
        expect(json, json.currentToken(), JsonToken.VALUE_STRING, WEIGHT_MAP + " of tensor " + tensor);
        if (tensors++ == limits.maxTensors()) {
            throw ModelFormatException.tooLarge("tensors: more than maxTensors = " + limits.maxTensors());
        }
        shards.computeIfAbsent(json.getText(), shard -> new TreeSet<>()).add(tensor);
    }

    private static void expect(JsonParser json, JsonToken got, JsonToken expected, String what)
            throws ModelFormatException {
        if (got != expected) {
            throw ModelFormatException.malformed(what + ": expected " + expected + ", got " + got + where(json));
        }
    }

    private static String where(JsonParser json) {
        return " at byte " + json.currentLocation().getByteOffset();
    }
}

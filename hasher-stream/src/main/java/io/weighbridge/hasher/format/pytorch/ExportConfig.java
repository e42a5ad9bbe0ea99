package io.weighbridge.hasher.format.pytorch;

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
import java.util.List;

/**
 * Reads what {@code torch.export} notes of its tensors, token by token:
 *
 * <pre>
 * {"config": {NAME: {"path_name": FILE, "use_pickle": false, "tensor_meta": {"dtype": 7, "sizes": [{"as_int": 2}, ...],
 *   "strides": [{"as_int": 1}, ...], "storage_offset": {"as_int": 0}, ...}, ...}, ...}}
 * </pre>
 */
final class ExportConfig {

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(16)
                    .maxNumberLength(32)
                    .build())
            .build();

    /**
     * One tensor.
     *
     * @param file holds the bytes of its storage, which other tensors may share
     * @param isPickled whether that file is one of {@code torch.save} instead
     * @param dtype number of the type in PyTorch's export schema
     * @param offset in numbers, as the strides are
     */
    record Entry(
            String name,
            String file,
            boolean isPickled,
            long dtype,
            List<Long> sizes,
            List<Long> strides,
            long offset) {}

    private final String subject;
    private final ReadLimits limits;

    /** @param subject where the text lies, for messages */
    ExportConfig(String subject, ReadLimits limits) {
        this.subject = subject;
        this.limits = limits;
    }

    /** The tensors in the order of the text; values without {@code tensor_meta} are objects and left out. */
    List<Entry> read(byte[] text) throws IOException {
        var entries = new ArrayList<Entry>();
        try (var json = JSON.createParser(text)) {
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean isConfig = json.currentName().equals("config");
                if (json.nextToken() == JsonToken.START_OBJECT && isConfig) {
                    readEntries(json, entries);
                } else {
                    json.skipChildren();
                }
            }
            return entries;
        } catch (CharConversionException e) {
            throw ModelFormatException.malformed(subject + ": " + e.getMessage());
        } catch (JsonProcessingException e) {
            throw ModelFormatException.malformed(subject + ": " + e.getOriginalMessage()
                    + (e.getLocation() == null
                            ? ""
                            : " at byte " + e.getLocation().getByteOffset()));
        }
    }

    private void readEntries(JsonParser json, List<Entry> entries) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            if (entries.size() == limits.maxTensors()) {
                throw ModelFormatException.tooLarge("tensors: more than maxTensors = " + limits.maxTensors());
            }
            var name = json.currentName();
            expect(json, json.nextToken(), JsonToken.START_OBJECT);
            readEntry(json, name, entries);
        }
    }

    private void readEntry(JsonParser json, String name, List<Entry> entries) throws IOException {
        var file = "";
        boolean isPickled = false;
        var meta = new Meta();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            var value = json.nextToken();
            if (field.equals("path_name") && value == JsonToken.VALUE_STRING) {
                file = json.getText();
            } else if (field.equals("use_pickle")) {
                isPickled = value == JsonToken.VALUE_TRUE;
            } else if (field.equals("tensor_meta") && value == JsonToken.START_OBJECT) {
                readMeta(json, meta);
            } else {
                json.skipChildren();
            }
        }
        if (meta.isPresent) {
            entries.add(new Entry(name, file, isPickled, meta.dtype, meta.sizes, meta.strides, meta.offset));
        }
    }

    private static final class Meta {
        private boolean isPresent;
        private long dtype;
        private List<Long> sizes = List.of();
        private List<Long> strides = List.of();
        private long offset;
    }

    private void readMeta(JsonParser json, Meta meta) throws IOException {
        meta.isPresent = true;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var field = json.currentName();
            json.nextToken();
            switch (field) {
                case "dtype" -> meta.dtype = number(json);
                case "sizes" -> meta.sizes = numbers(json);
                case "strides" -> meta.strides = numbers(json);
                case "storage_offset" -> meta.offset = wrapped(json);
                default -> json.skipChildren();
            }
        }
    }

    private List<Long> numbers(JsonParser json) throws IOException {
        expect(json, json.currentToken(), JsonToken.START_ARRAY);
        var numbers = new ArrayList<Long>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (numbers.size() == PyTensor.MAX_AXES) {
                throw ModelFormatException.malformed(
                        subject + ": expected at most " + PyTensor.MAX_AXES + " axes" + where(json));
            }
            numbers.add(wrapped(json));
        }
        return List.copyOf(numbers);
    }

    /** {@code {"as_int": 7}}. */
    private long wrapped(JsonParser json) throws IOException {
        expect(json, json.currentToken(), JsonToken.START_OBJECT);
        expect(json, json.nextToken(), JsonToken.FIELD_NAME);
        if (!json.currentName().equals("as_int")) {
            throw ModelFormatException.unsupported(
                    subject + ": a size that is known only at run time is not read" + where(json));
        }
        json.nextToken();
        long number = number(json);
        expect(json, json.nextToken(), JsonToken.END_OBJECT);
        return number;
    }

    private long number(JsonParser json) throws IOException {
        expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT);
        return json.getLongValue();
    }

    private void expect(JsonParser json, JsonToken got, JsonToken expected) throws ModelFormatException {
        if (got != expected) {
            throw ModelFormatException.malformed(subject + ": expected " + expected + ", got " + got + where(json));
        }
    }

    private static String where(JsonParser json) {
        return " at byte " + json.currentLocation().getByteOffset();
    }
}

package io.weighbridge.hasher.format.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Shapes;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.stream.LongStream;

/**
 * What bitsandbytes notes of a packed weight as JSON.
 *
 * @param shape of the weight before
 * @param blockSize weights that share a maximum
 * @param nestedBlockSize maxima that share one of their own, if they are packed too
 */
record FourBitState(long[] shape, long blockSize, long nestedBlockSize, float nestedOffset) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int MAX_AXES = 8;

    long numbers(String tensor) throws ModelFormatException {
        return Shapes.numbers(tensor, shape);
    }

    static FourBitState read(String name, byte[] text) throws IOException {
        long[] shape = {};
        long blockSize = 0;
        long nestedBlockSize = 1;
        double nestedOffset = 0;
        try (var json = JSON.createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw ModelFormatException.malformed("tensor " + name + ": expected a JSON object");
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var field = json.currentName();
                json.nextToken();
                switch (field) {
                    case "shape" -> shape = numbers(json);
                    case "blocksize" -> blockSize = json.getValueAsLong();
                    case "nested_blocksize" -> nestedBlockSize = json.getValueAsLong();
                    case "nested_offset" -> nestedOffset = json.getValueAsDouble();
                    default -> json.skipChildren();
                }
            }
        } catch (JsonProcessingException | CharConversionException e) {
            throw ModelFormatException.malformed("tensor " + name + ": is no JSON");
        }
        if (shape.length == 0 || blockSize < 1 || nestedBlockSize < 1) {
            throw ModelFormatException.malformed("tensor " + name + ": expected shape and blocksize > 0");
        }
        return new FourBitState(shape, blockSize, nestedBlockSize, (float) nestedOffset);
    }

    private static long[] numbers(JsonParser json) throws IOException {
        var numbers = LongStream.builder();
        int count = 0;
        while (json.nextToken() == JsonToken.VALUE_NUMBER_INT && count++ < MAX_AXES) {
            numbers.add(json.getLongValue());
        }
        return numbers.build().toArray();
    }
}

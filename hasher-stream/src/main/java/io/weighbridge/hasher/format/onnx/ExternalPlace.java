package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.protobuf.MessageReader;
import java.io.IOException;

/** Where in another file the numbers of a tensor lie, as the model says. */
final class ExternalPlace {

    private static final String HERE = "./";

    private String location = "";
    private long offset;
    private long length = -1;

    /** Reads one key with its value. Keys other than these three change nothing. */
    void readEntry(MessageReader entry) throws IOException {
        var key = "";
        var value = "";
        while (entry.next()) {
            if (entry.is(1, MessageReader.LENGTH)) {
                key = entry.text();
            } else if (entry.is(2, MessageReader.LENGTH)) {
                value = entry.text();
            } else {
                entry.skip();
            }
        }
        switch (key) {
            case "location" -> location = value.startsWith(HERE) ? value.substring(HERE.length()) : value;
            case "offset" -> offset = number(key, value);
            case "length" -> length = number(key, value);
            default -> {}
        }
    }

    /** A path from the folder of the model; whatever the file says. */
    String location() {
        return location;
    }

    long offset() {
        return offset;
    }

    /** Negative if the file does not say. */
    long length() {
        return length;
    }

    private static long number(String key, String value) throws ModelFormatException {
        try {
            long number = Long.parseLong(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // As a negative number is.
        }
        throw ModelFormatException.malformed("external data: expected " + key + " to be a number >= 0, got " + value);
    }
}

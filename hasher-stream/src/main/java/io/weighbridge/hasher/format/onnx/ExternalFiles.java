package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** The files beside a model that hold numbers of its tensors, each opened once. */
final class ExternalFiles {

    private static final int MAX_FILES = 1024;

    private final ModelBytes model;
    private final WeightCollector collector;
    private final Map<String, ModelBytes> files = new HashMap<>();

    ExternalFiles(ModelBytes model, WeightCollector collector) {
        this.model = model;
        this.collector = collector;
    }

    /**
     * The numbers at a place, once it was found to hold as many.
     *
     * @param sizeBytes what they take
     */
    StoredTensor find(ExternalPlace place, long sizeBytes, ElementType type) throws IOException {
        if (place.length() >= 0 && place.length() != sizeBytes) {
            throw ModelFormatException.malformed(
                    "external data: expected length " + sizeBytes + " for its shape and type, got " + place.length());
        }
        var file = open(place.location());
        if (place.offset() > file.sizeBytes() - sizeBytes) {
            throw ModelFormatException.malformed("external data at byte " + place.offset() + " of " + place.location()
                    + ": expected " + sizeBytes + " bytes, the file ends at byte " + file.sizeBytes());
        }
        return new StoredTensor(file, place.offset(), sizeBytes / type.sizeBytes(), type, ByteOrder.LITTLE_ENDIAN);
    }

    /** Notes where numbers lie, if their file was opened. */
    void claim(ExternalPlace place, long sizeBytes) {
        var file = files.get(place.location());
        if (file != null) {
            file.claim(place.offset(), sizeBytes);
        }
    }

    private ModelBytes open(String location) throws IOException {
        var opened = files.get(location);
        if (opened != null) {
            return opened;
        }
        if (files.size() == MAX_FILES) {
            throw ModelFormatException.tooLarge("external data: in more than " + MAX_FILES + " files");
        }
        var found = model.sibling(location);
        if (found.isEmpty()) {
            throw ModelFormatException.unsupported(
                    "its numbers lie in file " + location + " (external data), which was not found beside the model");
        }
        collector.alsoFrom(found.get());
        files.put(location, found.get());
        return found.get();
    }
}

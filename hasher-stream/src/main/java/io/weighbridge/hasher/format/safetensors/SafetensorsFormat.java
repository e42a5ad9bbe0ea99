package io.weighbridge.hasher.format.safetensors;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * Safetensors: {@code header length n, 8 bytes, little-endian | n bytes of JSON | numbers, little-endian}.
 *
 * <p>As strict as the format's own library: every byte after the header belongs to exactly one tensor.
 */
public final class SafetensorsFormat implements ModelFormat {

    private static final int LENGTH_BYTES = Long.BYTES;

    @Override
    public String id() {
        return "safetensors";
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        var start = file.peek(0, LENGTH_BYTES + 1);
        return start.remaining() > LENGTH_BYTES && start.get(LENGTH_BYTES) == '{' && start.getLong(0) >= 2;
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        long headerBytes = file.read(0, LENGTH_BYTES, "header length").getLong();
        if (headerBytes > file.sizeBytes() - LENGTH_BYTES) {
            throw ModelFormatException.malformed("header length at byte 0: expected at most "
                    + (file.sizeBytes() - LENGTH_BYTES) + " as the file ends there, got " + headerBytes);
        }
        if (headerBytes > limits.maxHeaderBytes()) {
            throw ModelFormatException.tooLarge("header length at byte 0: " + headerBytes
                    + " bytes, more than maxHeaderBytes = " + limits.maxHeaderBytes());
        }
        var header = file.read(LENGTH_BYTES, (int) headerBytes, "header").array();
        var tensors = new HeaderReader(header, limits).tensors();
        long dataStart = LENGTH_BYTES + headerBytes;
        checkLayout(tensors, file.sizeBytes() - dataStart);
        return collect(file, limits, tensors, dataStart);
    }

    private ModelWeights collect(ModelBytes file, ReadLimits limits, List<TensorEntry> tensors, long dataStart)
            throws IOException {
        var collector = new WeightCollector(file, limits);
        var quantised = new QuantisedTensors(tensors, file, dataStart);
        for (var tensor : tensors) {
            collector.count(tensor.name(), tensor.numbers());
            if (quantised.isQuantised(tensor)) {
                quantised.add(tensor, collector);
            } else if (tensor.type().type() != null && !quantised.isHelper(tensor)) {
                var data = tensor.data(file, dataStart);
                collector.addByShape(
                        tensor.name(), tensor.shape(), tensor.type().type(), data);
            }
        }
        return collector.weights(id());
    }

    /** Every byte of the data belongs to exactly one tensor. */
    private static void checkLayout(List<TensorEntry> tensors, long dataBytes) throws ModelFormatException {
        var sorted = tensors.stream()
                .sorted(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end))
                .toList();
        long expected = 0;
        for (var tensor : sorted) {
            if (tensor.begin() != expected) {
                var fault = tensor.begin() < expected ? "an overlap" : "a hole";
                throw ModelFormatException.malformed("tensor " + tensor.name() + ": expected data_offsets to begin at "
                        + expected + ", got " + tensor.begin() + ", " + fault);
            }
            expected = tensor.end();
        }
        if (expected != dataBytes) {
            throw ModelFormatException.malformed(
                    "data after the header: expected " + expected + " bytes for the tensors, got " + dataBytes);
        }
    }
}

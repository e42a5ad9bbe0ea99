package io.weighbridge.hasher.format.protobuf;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** Where the values of a repeated field of numbers lie: writers pack them into one run of bytes, but may cut them into many. */
public final class Runs {

    /** A run for each number would fill the memory. */
    private static final int MAX_RUNS = 1 << 16;

    private final List<Span> spans = new ArrayList<>();

    public List<Span> spans() {
        return List.copyOf(spans);
    }

    public long bytes() {
        return spans.stream().mapToLong(Span::length).sum();
    }

    public void clear() {
        spans.clear();
    }

    /** Adds the present value of a message: packed numbers or a single one. */
    public void add(MessageReader message) throws IOException {
        if (spans.size() == MAX_RUNS) {
            throw ModelFormatException.tooLarge("its numbers lie in more than " + MAX_RUNS + " runs");
        }
        switch (message.wireType()) {
            case MessageReader.LENGTH -> spans.add(message.span());
            case MessageReader.VARINT -> {
                long start = message.position();
                message.varint();
                spans.add(new Span(start, message.position() - start));
            }
            default -> spans.add(message.fixed());
        }
    }

    /** The numbers where they lie, if these have a fixed size. */
    public TensorData inPlace(ElementType type, ModelBytes file) throws ModelFormatException {
        var parts = new ArrayList<StoredTensor>();
        for (var run : spans) {
            if (run.length() % type.sizeBytes() != 0) {
                throw ModelFormatException.malformed(
                        "expected runs of whole numbers, got " + run.length() + " bytes for type " + type);
            }
            long count = run.length() / type.sizeBytes();
            parts.add(new StoredTensor(file, run.offset(), count, type, ByteOrder.LITTLE_ENDIAN));
        }
        return parts.size() == 1 ? parts.get(0) : new JoinedTensor(parts);
    }
}

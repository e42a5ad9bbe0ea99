package io.weighbridge.hasher.format.protobuf;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers of a repeated field that are whole, or the bits of short floats: each is one varint. As varints have no fixed size, the places of some of them
 * are remembered, and reading begins at the one before.
 */
public final class VarintTensor implements TensorData {

    /** Numbers from one remembered place to the next. */
    private static final int STEP = 1 << 14;

    /** Where a varint begins. */
    private record Place(int run, long position) {}

    private final ElementType type;
    private final List<Span> runs;
    private final ByteWindow window;
    private final List<Place> places = new ArrayList<>();

    private VarintTensor(ElementType type, List<Span> runs, ByteWindow window) {
        this.type = type;
        this.runs = runs;
        this.window = window;
    }

    /** How many varints there are. */
    public static long count(List<Span> runs, ByteWindow window) throws IOException {
        long count = 0;
        for (var run : runs) {
            for (var reader = new MessageReader(window, run); reader.hasMore(); count++) {
                reader.varint();
            }
        }
        return count;
    }

    /** Walks over all numbers once. */
    public static VarintTensor find(ElementType type, long numbers, List<Span> runs, ByteWindow window)
            throws IOException {
        var tensor = new VarintTensor(type, List.copyOf(runs), window);
        if (runs.isEmpty()) {
            throw ModelFormatException.malformed("expected " + numbers + " numbers as varints, got 0");
        }
        var cursor = tensor.new Cursor(new Place(0, runs.get(0).offset()));
        long count = 0;
        for (; cursor.hasMore(); count++) {
            if (count % STEP == 0 && count < numbers) {
                tensor.places.add(cursor.place());
            }
            cursor.next();
        }
        if (count != numbers) {
            throw ModelFormatException.malformed("expected " + numbers + " numbers as varints, got " + count);
        }
        return tensor;
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        var cursor = new Cursor(places.get((int) (from / STEP)));
        for (long passed = from % STEP; passed > 0; passed--) {
            cursor.next();
        }
        var bits = ByteBuffer.allocate(STEP * type.sizeBytes()).order(ByteOrder.LITTLE_ENDIAN);
        int length;
        for (int done = 0; done < count; done += length) {
            length = Math.min(STEP, count - done);
            bits.clear();
            for (int i = 0; i < length; i++) {
                put(bits, cursor.next());
            }
            type.decode(bits.flip(), target, at + done, length);
        }
    }

    private void put(ByteBuffer bits, long number) {
        switch (type.sizeBytes()) {
            case Byte.BYTES -> bits.put((byte) number);
            case Short.BYTES -> bits.putShort((short) number);
            case Integer.BYTES -> bits.putInt((int) number);
            default -> bits.putLong(number);
        }
    }

    /** Takes one number after the other, over the ends of runs. */
    private final class Cursor {

        private int run;
        private MessageReader reader;

        Cursor(Place place) {
            this.run = place.run;
            var rest = new Span(place.position, runs.get(run).end() - place.position);
            this.reader = new MessageReader(window, rest);
        }

        boolean hasMore() {
            while (!reader.hasMore() && run + 1 < runs.size()) {
                run++;
                reader = new MessageReader(window, runs.get(run));
            }
            return reader.hasMore();
        }

        Place place() {
            return new Place(run, reader.position());
        }

        /** Relies on: there is one more. */
        long next() throws IOException {
            hasMore();
            return reader.varint();
        }
    }
}

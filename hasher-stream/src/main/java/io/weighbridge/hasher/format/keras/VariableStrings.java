package io.weighbridge.hasher.format.keras;

import io.jhdf.GlobalHeap;
import io.jhdf.api.Attribute;
import io.jhdf.object.datatype.VariableLength;
import io.jhdf.storage.HdfBackingStorage;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Strings of variable length, which lie in heaps: {@code length (4) | address of a heap (O) | number of the object there (4)} for each. Any
 * number of them may be the same object, so all together are bounded.
 */
final class VariableStrings {

    private final HdfBackingStorage storage;
    private final ReadLimits limits;
    private final Map<Long, GlobalHeap> heaps = new HashMap<>();

    VariableStrings(HdfBackingStorage storage, ReadLimits limits) {
        this.storage = storage;
        this.limits = limits;
    }

    /** The strings of an attribute, in order; throws what the library throws on bad content. */
    List<String> of(Attribute attribute, VariableLength type) throws ModelFormatException {
        var places = attribute.getBuffer().duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int addressBytes = storage.getSizeOfOffsets();
        int placeBytes = Integer.BYTES + addressBytes + Integer.BYTES;
        if (addressBytes != Long.BYTES && addressBytes != Integer.BYTES || type.getSize() != placeBytes) {
            throw ModelFormatException.unsupported("HDF5, attribute " + attribute.getName() + ": addresses of "
                    + addressBytes + " bytes in strings of " + type.getSize() + " are not read");
        }
        var strings = new ArrayList<String>();
        long bytes = 0;
        while (places.remaining() >= placeBytes) {
            places.getInt();
            long heap = addressBytes == Long.BYTES ? places.getLong() : Integer.toUnsignedLong(places.getInt());
            var object = object(heap, places.getInt());
            bytes += object.remaining();
            if (bytes > limits.maxHeaderBytes()) {
                throw ModelFormatException.tooLarge("HDF5, attribute " + attribute.getName()
                        + ": more than maxHeaderBytes = " + limits.maxHeaderBytes() + " bytes");
            }
            strings.add(type.getEncoding().decode(object).toString());
        }
        return strings;
    }

    /** An empty string has no object. */
    private ByteBuffer object(long heap, int index) {
        return index == 0
                ? ByteBuffer.allocate(0)
                : heaps.computeIfAbsent(heap, address -> new GlobalHeap(storage, address))
                        .getObjectData(index);
    }
}

package io.weighbridge.app.zoo.save;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How numbers are stored; all little-endian. */
public enum Precision {
    F32(4) {
        @Override
        void put(ByteBuffer target, float value) {
            target.putFloat(value);
        }
    },
    F16(2) {
        @Override
        void put(ByteBuffer target, float value) {
            target.putShort(HalfPrecision.bits(value));
        }
    },
    BF16(2) {
        @Override
        void put(ByteBuffer target, float value) {
            target.putShort(BrainFloat.bits(value));
        }
    };

    private final int sizeBytes;

    Precision(int sizeBytes) {
        this.sizeBytes = sizeBytes;
    }

    int sizeBytes() {
        return sizeBytes;
    }

    abstract void put(ByteBuffer target, float value);

    /** All numbers of a tensor, row-major, ready to be read. */
    ByteBuffer encode(SavedTensor tensor) {
        var bytes = ByteBuffer.allocate(Math.multiplyExact(sizeBytes, tensor.size()))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < tensor.size(); i++) put(bytes, tensor.value(i));
        return bytes.flip();
    }
}

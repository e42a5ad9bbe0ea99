package io.weighbridge.hasher.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.detect.ModelFormats;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A tensor of more numbers than an array can hold, as large language models have them, in a file that is mostly imagined. */
class LargeTensorTest {

    private static final int OUTPUTS = 1 << 18;
    private static final int INPUTS = 10_000;

    @Test
    void shouldReadTheLastOutputsOfALargeTensor() throws IOException {
        var header = "{\"w\":{\"dtype\":\"F16\",\"shape\":[%d,%d],\"data_offsets\":[0,%d]}}"
                .formatted(OUTPUTS, INPUTS, 2L * OUTPUTS * INPUTS);
        try (var file = ModelBytes.of(new Imagined(header), Duration.ofMinutes(1), Siblings.NONE)) {
            var layers = ModelFormats.of(file, ReadLimits.STANDARD)
                    .read(file, ReadLimits.STANDARD)
                    .layers();
            assertThat(layers).hasSize(1);
            assertThat(layers.get(0).size()).isEqualTo((long) OUTPUTS * INPUTS);
            var slab = new float[2 * INPUTS];
            layers.get(0).read(OUTPUTS - 2, 2, slab);
            assertThat(slab).containsOnly(1f);
        }
    }

    /** A header, and behind it the number one again and again. */
    private record Imagined(String header) implements ByteRange {

        @Override
        public long sizeBytes() {
            return Long.BYTES + header.length() + 2L * OUTPUTS * INPUTS;
        }

        @Override
        public void readInto(ByteBuffer target, long offset, String what) {
            var head = ByteBuffer.allocate(Long.BYTES + header.length()).order(ByteOrder.LITTLE_ENDIAN);
            head.putLong(header.length()).put(header.getBytes(StandardCharsets.US_ASCII));
            for (long at = offset; target.hasRemaining(); at++) {
                target.put(
                        at < head.capacity() ? head.get((int) at) : (at - head.capacity()) % 2 == 0 ? 0 : (byte) 0x3c);
            }
        }
    }
}

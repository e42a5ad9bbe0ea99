package io.weighbridge.hasher.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.Siblings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FlatBytesTest {

    private final byte[] content = new byte[500_001];
    private int reads;

    private FlatBytes open() {
        new Random(1).nextBytes(content);
        var counted = new ByteRange() {
            @Override
            public long sizeBytes() {
                return content.length;
            }

            @Override
            public void readInto(ByteBuffer target, long offset, String what) {
                reads++;
                target.put(content, (int) offset, target.remaining());
            }
        };
        return new FlatBytes(ModelBytes.of(counted, Duration.ofMinutes(1), Siblings.NONE));
    }

    @Test
    void shouldReadWhatIsThereWhereverPagesEnd() throws IOException {
        var bytes = open();
        var random = new Random(2);
        for (int i = 0; i < 2000; i++) {
            int length = random.nextInt(i % 50 == 0 ? 40_000 : 9);
            int offset = random.nextInt(content.length - length + 1);
            var read = new byte[length];
            bytes.read(offset, length, "test").get(read);
            assertThat(read)
                    .as(length + " bytes at " + offset)
                    .isEqualTo(Arrays.copyOfRange(content, offset, offset + length));
        }
    }

    @Test
    void shouldReadAPageOnce() throws IOException {
        var bytes = open();
        for (int i = 0; i < 1000; i++) {
            bytes.read(4 * i, 4, "near");
            bytes.read(300_000 + 4 * i, 4, "far");
        }
        assertThat(reads).isLessThanOrEqualTo(3);
    }

    @Test
    void shouldFailPastTheEnd() {
        var bytes = open();
        for (long offset : new long[] {-1, content.length - 3, content.length, Long.MAX_VALUE}) {
            assertThatThrownBy(() -> bytes.read(offset, 4, "number"))
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessage("number at byte " + offset + ": expected 4 bytes, the file ends at byte 500001");
        }
    }
}

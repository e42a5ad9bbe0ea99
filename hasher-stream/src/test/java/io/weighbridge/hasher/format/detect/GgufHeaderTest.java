package io.weighbridge.hasher.format.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GgufHeaderTest {

    private static final String KEY = "general.architecture";

    @TempDir
    Path folder;

    private final ByteBuffer file = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);

    @Test
    void shouldTellVersionAndArchitecture() throws IOException {
        begin(3, 1);
        put(KEY, "llama");
        expect("a GGUF file, version 3, architecture llama");
    }

    @Test
    void shouldPassOverOtherPairs() throws IOException {
        begin(2, 15);
        int[] sizes = {1, 1, 2, 2, 4, 4, 4, 1, -1, -1, 8, 8, 8};
        for (int type = 0; type < sizes.length; type++) {
            if (sizes[type] > 0) {
                put("a.key").putInt(type).put(new byte[sizes[type]]);
            }
        }
        put("general.name", "My model");
        put(KEY, "clip");
        expect("a GGUF file, version 2, architecture clip");
    }

    @Test
    void shouldReadShortLengthsOfVersion1() throws IOException {
        file.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(1).putInt(7).putInt(1);
        file.putInt(KEY.length()).put(KEY.getBytes(StandardCharsets.US_ASCII)).putInt(8);
        file.putInt(3).put("mpt".getBytes(StandardCharsets.US_ASCII));
        expect("a GGUF file, version 1, architecture mpt");
    }

    @Test
    void shouldTellBigEndianFiles() throws IOException {
        file.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(Integer.reverseBytes(3))
                .putLong(0);
        expect("a GGUF file, big-endian, version 3");
    }

    /** Each of these ends the description, not the scan. */
    @Test
    void shouldStopWhereTheHeaderMakesNoSense() throws IOException {
        begin(3, 1);
        expect("a GGUF file, version 3");
        put(KEY).putInt(4).putInt(9);
        expect("a GGUF file, version 3");
        file.clear();
        begin(3, -1);
        put("list").putInt(9).putInt(4).putLong(1L << 60);
        expect("a GGUF file, version 3");
        file.clear();
        begin(3, 2);
        put("text").putInt(8).putLong(Long.MAX_VALUE);
        expect("a GGUF file, version 3");
        file.clear();
        begin(3, 2);
        file.putLong(-1);
        expect("a GGUF file, version 3");
        file.clear();
        begin(3, 1);
        put("other").putInt(77);
        expect("a GGUF file, version 3");
    }

    private void begin(int version, long pairs) {
        file.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(version)
                .putLong(291)
                .putLong(pairs);
    }

    private ByteBuffer put(String text) {
        return file.putLong(text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void put(String key, String value) {
        put(key).putInt(8);
        put(value);
    }

    private void expect(String description) throws IOException {
        var path = Files.write(folder.resolve("model"), Arrays.copyOf(file.array(), file.position()));
        try (var bytes = ModelBytes.open(path, Duration.ofMinutes(1))) {
            var refusal = Assertions.catchThrowableOfType(
                    ModelFormatException.class, () -> ModelFormats.of(bytes, ReadLimits.STANDARD));
            assertThat(refusal).hasMessage(description);
            assertThat(refusal.outcome()).isEqualTo(Outcome.UNSUPPORTED);
        }
    }
}

package io.weighbridge.hasher.format.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InflatedEntryTest {

    private static final int BYTES = 1 << 20;

    @TempDir
    private Path folder;

    /** All inflated bytes are counted against four times the limit, so starting over for each of these reads would be refused. */
    @Test
    void shouldReadBackwardsWithoutInflatingAgainAndAgain() throws IOException {
        var content = new byte[BYTES];
        new Random(1).nextBytes(content);
        Arrays.fill(content, 1000, 300_000, (byte) 7);
        var path = Files.write(
                folder.resolve("archive"),
                ZipBytes.of(ZipBytes.stored("numbers", content)).deflated());
        var limits = new ReadLimits(1 << 20, 10, 1 << 20, 10, BYTES);
        try (var file = ModelBytes.open(path, Duration.ofMinutes(1))) {
            var entry = ZipArchive.open(file, limits).entry("numbers");
            assertThat(entry).isInstanceOf(InflatedEntry.class);
            for (int from = BYTES - 5000; from >= 0; from -= 5000) {
                var part = ByteBuffer.allocate(5000);
                entry.readInto(part, from, "numbers");
                assertThat(part.array()).as("from " + from).isEqualTo(Arrays.copyOfRange(content, from, from + 5000));
            }
        }
    }

    private static byte[] large() {
        var content = new byte[16 << 20];
        new Random(2).nextBytes(content);
        return content;
    }

    /** Inflating for the checksums and for each of five readings would be refused. */
    @Test
    void shouldInflateALargeEntryOnceForItsChecksumAndAllReading() throws IOException {
        var content = large();
        var path = Files.write(
                folder.resolve("archive"),
                ZipBytes.of(ZipBytes.stored("numbers", content)).deflated());
        try (var file = ModelBytes.open(path, Duration.ofMinutes(1))) {
            var archive = ZipArchive.open(file, new ReadLimits(1 << 20, 10, 1 << 20, 10, content.length));
            archive.verify();
            for (int reading = 0; reading < 5; reading++) {
                var all = ByteBuffer.allocate(content.length);
                archive.entry("numbers").readInto(all, 0, "numbers");
                assertThat(all.array()).isEqualTo(content);
            }
        }
    }

    @Test
    void shouldFindAWrongChecksumOfALargeEntry() throws IOException {
        var bytes = ZipBytes.of(ZipBytes.stored("numbers", large())).deflated();
        bytes[bytes.length / 2] ^= 1;
        var path = Files.write(folder.resolve("archive"), bytes);
        try (var file = ModelBytes.open(path, Duration.ofMinutes(1))) {
            var archive = ZipArchive.open(file, ReadLimits.STANDARD);
            assertThatThrownBy(archive::verify)
                    .isInstanceOf(ModelFormatException.class)
                    .hasMessageStartingWith("zip entry numbers: expected CRC-32 ");
        }
    }
}

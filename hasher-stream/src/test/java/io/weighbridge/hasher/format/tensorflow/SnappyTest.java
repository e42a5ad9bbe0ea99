package io.weighbridge.hasher.format.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hexadecimal blocks that are right were written by the snappy package. */
class SnappyTest {

    @ParameterizedTest
    @CsvSource({
        "'', 00",
        "a, 010061",
        "abcdabcdabcdabcdabcd, 140c616263643e0400",
        "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww, 2800779a0100",
    })
    void shouldGiveBackWhatWasCompressed(String text, String hex) throws ModelFormatException {
        assertThat(text(hex)).isEqualTo(text);
    }

    /** Runs of bytes whose length follows in 1, 2, 3 and 4 bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"f003", "f40300", "f8030000", "fc03000000"})
    void shouldReadRunsOfEveryForm(String start) throws ModelFormatException {
        assertThat(text("04" + start + "61626364")).isEqualTo("abcd");
    }

    /** Copies whose distance is in 11 bits, 2 and 4 bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"0102", "0e0200", "0f02000000"})
    void shouldReadCopiesOfEveryForm(String copy) throws ModelFormatException {
        assertThat(text("06046162" + copy)).isEqualTo("ababab");
    }

    @ParameterizedTest
    @CsvSource({
        "0500, 'expected at most 0 bytes, got a run of 1'",
        "0108616263, 'expected at most 1 bytes, got a run of 3'",
        "040061, 'expected 4 bytes, got 1'",
        "0500610104, 'expected a copy from at most 1 bytes before, got 4 bytes from 4 before'",
        "0500610100, 'expected a copy from at most 1 bytes before, got 4 bytes from 0 before'",
        "0200610101, 'expected a copy from at most 1 bytes before, got 4 bytes from 1 before'",
        "05006102, 'expected 2 more bytes, got 0'",
        "05006103010000, 'expected 4 more bytes, got 3'",
        "05fcffffff, 'expected 4 more bytes, got 3'",
        "05fcffffffff, 'expected at most 0 bytes, got a run of 4294967296'",
    })
    void shouldRefuseWhatRunsOutOfBounds(String hex, String reason) {
        assertThatThrownBy(() -> text(hex))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("Snappy block: " + reason);
    }

    @Test
    void shouldHoldTheLengthToTheLimit() {
        assertThatThrownBy(() -> Snappy.decompress(ByteBuffer.wrap(new byte[] {101}), 100))
                .hasMessage(
                        "Snappy block: 101 bytes, more than is left of maxHeaderBytes; see weighbridge.read.max.header.bytes");
    }

    private static String text(String hex) throws ModelFormatException {
        var bytes = HexFormat.of().parseHex(hex);
        return StandardCharsets.UTF_8
                .decode(Snappy.decompress(ByteBuffer.wrap(bytes), 1000))
                .toString();
    }
}

package io.weighbridge.hasher.format.numpy;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.format.ModelFixtures;
import io.weighbridge.hasher.format.ModelFixtures.Layer;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.ReaderContract;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyFormatTest extends ReaderContract {

    @Override
    protected String sample() {
        return "hidden.npy";
    }

    @Override
    protected String format() {
        return "npy";
    }

    @Override
    protected List<String> variants() {
        return List.of("head-2.npy", "head-3.npy");
    }

    /** Versions 1.0, 2.0 (big-endian, Fortran order) and 3.0 (double precision). */
    @ParameterizedTest
    @CsvSource({"hidden.npy, hidden.weight", "head-2.npy, head.weight", "head-3.npy, head.weight"})
    void shouldReadAnArray(String file, String expected) throws IOException {
        assertThat(ModelFixtures.layers(ModelFixtures.copyTo(folder, file)))
                .containsExactlyElementsOf(ModelFixtures.expected("tiny").stream()
                        .filter(layer -> layer.name().equals(expected))
                        .map(layer -> new Layer(
                                "array",
                                layer.kind(),
                                layer.outputs(),
                                layer.inputs(),
                                layer.positions(),
                                layer.weights()))
                        .toList());
    }

    @Test
    void shouldNotUnpickle() throws IOException {
        expect(
                ModelFixtures.bytes("objects.npy"),
                Outcome.UNSUPPORTED,
                "array array: an array of Python objects, pickled; pickles are never loaded");
    }

    @Test
    void shouldNameAStructuredArray() throws IOException {
        expect(
                ModelFixtures.bytes("records.npy"),
                Outcome.UNSUPPORTED,
                "array array: a structured array; records are not read");
    }

    /** Another array may follow, which NumPy would load with a second call. */
    @Test
    void shouldRefuseBytesBehindTheArray() throws IOException {
        var array = ModelFixtures.bytes("head-3.npy");
        expect(
                Arrays.copyOf(array, array.length + 4),
                Outcome.MALFORMED,
                "array array: numbers at byte 128: expected 5120 bytes, got 5124");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'descr': '<f4', 'fortran_order': False, 'shape': (2,3}  | MALFORMED | header at byte 64: expected ), got '}'",
                "{'descr': '<f4', 'shape': (2,3)}                         | MALFORMED | expected the keys descr, fortran_order and shape",
                "{'descr': '<f4', 'descr': '<f4'}                         | MALFORMED | once, not descr",
                "{'descr': '<f4', 'other': 1}                             | MALFORMED | once, not other",
                "{'descr': '<f4', 'fortran_order': 0, 'shape': ()}        | MALFORMED | header at byte 44: expected True or False, got '0, 'shape': ()}'",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (-2,)}  | MALFORMED | expected a size of 1 to 18 digits, got '-2,)}'",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (1234567890123456789,)}     | MALFORMED | a size of 1 to 18 digits",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (9999999999,9999999999,)}   | MALFORMED | is more than 2^63 numbers",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (2,)} + exit()              | MALFORMED | expected the end, got '+ exit()'",
                "{'descr': '<f4                                           | MALFORMED | expected a type in quotes",
                "{'descr': 'float', 'fortran_order': True, 'shape': (2,)} | MALFORMED | expected a type such as <f4, got 'float'",
                "{'descr': '<f16', 'fortran_order': True, 'shape': (2,)}  | UNSUPPORTED | type <f16 is not read",
                "{'descr': '<V2', 'fortran_order': True, 'shape': (2,)}   | UNSUPPORTED | type <V2: raw bytes of a type that is not named",
                "{'descr': '<q4', 'fortran_order': True, 'shape': (2,)}   | UNSUPPORTED | type <q4 is not read",
                "open('x')                                                | MALFORMED | header at byte 10: expected {, got 'open('x')'"
            })
    void shouldRefuseAnotherHeader(String header, Outcome outcome, String reason) throws IOException {
        expect(array(1, header), outcome, reason);
    }

    @Test
    void shouldBoundTheAxes() throws IOException {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + "1,".repeat(65) + ")}";
        expect(array(1, header), Outcome.MALFORMED, "expected at most 64 axes");
    }

    @Test
    void shouldRefuseAnotherVersion() throws IOException {
        expect(array(4, "{}"), Outcome.UNSUPPORTED, "version at byte 6: expected 1.0, 2.0 or 3.0, got 4.0");
    }

    @Test
    void shouldReadSizesAsPython2WroteThem() throws IOException {
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (0L, 4L), }\n";
        expect(array(1, header), Outcome.NO_WEIGHTS, "");
    }

    @Test
    void shouldBoundTheHeader() throws IOException {
        var lying = array(2, "{}");
        ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(8, -1);
        expect(lying, Outcome.TOO_LARGE, "header at byte 12: 4294967295 bytes, more than maxHeaderBytes = 67108864");
        ByteBuffer.wrap(lying).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 1000);
        expect(lying, Outcome.MALFORMED, "header at byte 12: expected 1000 bytes, it ends at 14");
        var file = ModelFixtures.copyTo(folder, sample());
        assertThat(scan(file, new ReadLimits(50, 100, 1 << 20, 10, 1 << 20)).getReason())
                .contains("maxHeaderBytes = 50");
    }

    private void expect(byte[] bytes, Outcome outcome, String reason) throws IOException {
        FileScan scan = scan(bytes, "array.npy");
        assertThat(scan.getReason()).contains(reason);
        assertThat(scan.getOutcome()).isEqualTo(outcome);
    }

    private static byte[] array(int version, String header) {
        var text = header.getBytes(StandardCharsets.US_ASCII);
        int lengthBytes = version == 1 ? Short.BYTES : Integer.BYTES;
        var bytes = ByteBuffer.allocate(8 + lengthBytes + text.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        bytes.put((byte) version).put((byte) 0);
        if (version == 1) {
            bytes.putShort((short) text.length);
        } else {
            bytes.putInt(text.length);
        }
        return bytes.put(text).array();
    }
}

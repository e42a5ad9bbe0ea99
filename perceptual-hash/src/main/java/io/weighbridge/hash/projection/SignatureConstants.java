package io.weighbridge.hash.projection;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * What signatures of one kind share over unrelated networks, frozen with the algorithm's version: their mean, which is taken away, and
 * the directions of largest spread, which are damped so that they do not rule the code. Estimated by {@link SignatureSurvey} on
 * the tuning part of the evaluation's library.
 *
 * <pre>
 * Layout of pri-3.bin, big-endian: magic "pri3" | kinds, then for each kind:
 * form id (int) | size (int) | length n (int) | directions r (int) | mean (n floats) | r × (gain (float) | direction (n floats))
 * </pre>
 */
final class SignatureConstants {

    static final int MAGIC = 0x70726933;
    private static final String RESOURCE = "pri-3.bin";
    private static final SignatureConstants PRI_3 = load();

    private final Map<SignatureKind, Shared> kinds;

    /** Nothing is shared: for surveys, and to measure what the constants are worth. */
    static final SignatureConstants NONE = new SignatureConstants(Map.of());

    private SignatureConstants(Map<SignatureKind, Shared> kinds) {
        this.kinds = kinds;
    }

    static SignatureConstants pri3() {
        return PRI_3;
    }

    /** The signature less what is shared, at unit length, in place; as it is if its kind has no constants. */
    double[] corrected(SignatureKind kind, double[] signature) {
        var shared = kinds.get(kind);
        if (shared != null) {
            shared.takeFrom(signature);
            Vectors.normalise(signature);
        }
        return signature;
    }

    /**
     * Reads constants in their layout.
     *
     * @throws UncheckedIOException if they are not in it
     */
    static SignatureConstants read(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            expect("magic", MAGIC, in.readInt());
            var kinds = new TreeMap<SignatureKind, Shared>();
            int count = in.readInt();
            if (count < 0) {
                throw new IOException("kinds: expected 0 or more, got " + count);
            }
            for (int i = 0; i < count; i++) {
                var kind = new SignatureKind(form(in.readInt()), in.readInt());
                expect("length of " + kind, kind.length(), in.readInt());
                kinds.put(kind, Shared.read(in, kind));
            }
            expect("bytes behind the last kind", 0, in.available());
            return new SignatureConstants(kinds);
        } catch (EOFException e) {
            throw new UncheckedIOException(
                    new IOException("constants: expected more than " + bytes.length + " bytes, got their end"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SignatureConstants load() {
        try (var in = SignatureConstants.class.getResourceAsStream(RESOURCE)) {
            return read(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("resource " + RESOURCE, e);
        }
    }

    private static SignatureKind.Form form(int id) throws IOException {
        for (var form : SignatureKind.Form.values()) {
            if (form.id() == id) {
                return form;
            }
        }
        throw new IOException("form: expected a known id, got " + id);
    }

    private static void expect(String what, int expected, int got) throws IOException {
        if (expected != got) {
            throw new IOException(what + ": expected " + expected + ", got " + got);
        }
    }

    private record Shared(float[] mean, float[][] directions, float[] gains) {

        static Shared read(DataInputStream in, SignatureKind kind) throws IOException {
            int length = kind.length();
            int count = in.readInt();
            if (count < 0 || count > length) {
                throw new IOException("directions of " + kind + ": expected 0 to " + length + ", got " + count);
            }
            var directions = new float[count][];
            var gains = new float[directions.length];
            float[] mean = floats(in, length);
            for (int r = 0; r < directions.length; r++) {
                gains[r] = in.readFloat();
                directions[r] = floats(in, length);
            }
            return new Shared(mean, directions, gains);
        }

        private static float[] floats(DataInputStream in, int length) throws IOException {
            var values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = in.readFloat();
            }
            return values;
        }

        /** The directions are orthonormal, so they can be damped one after the other. */
        void takeFrom(double[] signature) {
            for (int i = 0; i < mean.length; i++) {
                signature[i] -= mean[i];
            }
            for (int r = 0; r < gains.length; r++) {
                double along = 0;
                for (int i = 0; i < mean.length; i++) {
                    along += directions[r][i] * signature[i];
                }
                double excess = (1 - gains[r]) * along;
                for (int i = 0; i < mean.length; i++) {
                    signature[i] -= excess * directions[r][i];
                }
            }
        }
    }
}

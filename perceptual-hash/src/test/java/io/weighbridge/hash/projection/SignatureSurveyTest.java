package io.weighbridge.hash.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.SiteKey;
import io.weighbridge.hash.TestLayer;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SignatureSurveyTest {

    private static final int POSITIONS = 9;
    private static final SignatureKind KIND = SignatureKind.of(LayerKind.DEPTHWISE, 1, POSITIONS);

    /** Where the number of directions stands, behind magic, kinds, form, size and length. */
    private static final int DIRECTIONS_AT = 5 * Integer.BYTES;

    private static final byte[] CONSTANTS =
            survey(1, SignatureSurvey.MIN_LAYERS).constants();

    @Test
    void shouldReadBackWhatTheSurveyWrote() throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(CONSTANTS));
        assertThat(in.readInt()).isEqualTo(SignatureConstants.MAGIC);
        assertThat(in.readInt()).as("kinds").isEqualTo(1);
        assertThat(in.readInt()).isEqualTo(KIND.form().id());
        assertThat(in.readInt()).isEqualTo(KIND.size());
        assertThat(in.readInt()).isEqualTo(KIND.length());
        int directions = in.readInt();
        assertThat(directions).isPositive();
        double[] signature = floats(in);
        var expected = new double[KIND.length()];
        for (int r = 0; r < directions; r++) {
            double gain = in.readFloat();
            assertThat(gain).isBetween(0.0, 1.0);
            double[] direction = floats(in);
            for (int i = 0; i < direction.length; i++) {
                signature[i] += direction[i];
                expected[i] += gain * direction[i];
            }
        }
        assertThat(in.available()).isZero();

        // The mean is gone, and each direction left with its gain.
        var corrected = SignatureConstants.read(CONSTANTS).corrected(KIND, signature);
        assertThat(corrected).containsExactly(Vectors.normalise(expected), within(1e-5));
    }

    @Test
    void shouldTakeAwayWhatUnrelatedNetworksShare() {
        var raw = pri(SignatureConstants.NONE);
        var corrected = pri(SignatureConstants.read(CONSTANTS));
        int count = 0;
        int rawDistance = 0;
        int correctedDistance = 0;
        for (int seed = 1000; seed < 1012; seed++) {
            for (int other = 1000; other < seed; other++) {
                rawDistance += raw.hash(network(seed)).distanceBits(raw.hash(network(other)));
                correctedDistance += corrected.hash(network(seed)).distanceBits(corrected.hash(network(other)));
                count++;
            }
        }
        assertThat(rawDistance / count).isLessThan(raw.bits() * 2 / 5);
        assertThat(correctedDistance / count).isBetween(raw.bits() * 45 / 100, raw.bits() * 55 / 100);
    }

    @Test
    void shouldGiveTheSameConstantsAgain() {
        assertThat(survey(1, SignatureSurvey.MIN_LAYERS).constants()).isEqualTo(CONSTANTS);
    }

    @Test
    void shouldGiveNoConstantsToKindsOfWhichFewLayersWereSeen() {
        var survey = survey(1, SignatureSurvey.MIN_LAYERS - 1);
        assertThat(survey.constants()).isEqualTo(kinds(0));
        assertThat(new SignatureSurvey().constants()).isEqualTo(kinds(0));

        var signature = new double[KIND.length()];
        Arrays.setAll(signature, i -> i + 1);
        assertThat(SignatureConstants.read(survey.constants()).corrected(KIND, signature.clone()))
                .isEqualTo(signature);
    }

    @Test
    void shouldLeaveOtherKindsAsTheyAre() {
        var other = SignatureKind.of(LayerKind.DENSE, 10, 1);
        var signature = new double[other.length()];
        Arrays.setAll(signature, i -> i + 1);
        assertThat(SignatureConstants.read(CONSTANTS).corrected(other, signature.clone()))
                .isEqualTo(signature);
    }

    @Test
    void shouldNotLetWeightsThatAreNotFiniteSpoilTheConstants() {
        var survey = survey(1, SignatureSurvey.MIN_LAYERS);
        for (float wrong : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            survey.add(List.of(network(1).get(0).with(at -> at == 7 ? wrong : at % 10)));
        }
        assertThat(survey.constants()).isEqualTo(CONSTANTS);
    }

    @Test
    void shouldRefuseGarbageAndSayWhere() {
        assertRefused(with(0, 1), "magic: expected " + SignatureConstants.MAGIC + ", got 1");
        assertRefused(with(8, 77), "form: expected a known id, got 77");
        assertRefused(with(16, 3), "length of " + KIND + ": expected " + KIND.length() + ", got 3");
        assertRefused(with(4, -1), "kinds: expected 0 or more, got -1");
        assertRefused(
                with(DIRECTIONS_AT, -1), "directions of " + KIND + ": expected 0 to " + KIND.length() + ", got -1");
        assertRefused(
                with(DIRECTIONS_AT, 1 << 30),
                "directions of " + KIND + ": expected 0 to " + KIND.length() + ", got " + (1 << 30));
        for (int length : new int[] {0, 3, 7, 11, 23, 24, 100, CONSTANTS.length - 1}) {
            assertRefused(
                    Arrays.copyOf(CONSTANTS, length),
                    "constants: expected more than " + length + " bytes, got their end");
        }
        assertRefused(Arrays.copyOf(CONSTANTS, CONSTANTS.length + 3), "bytes behind the last kind: expected 0, got 3");
    }

    private static void assertRefused(byte[] bytes, String message) {
        assertThatThrownBy(() -> SignatureConstants.read(bytes))
                .isInstanceOf(UncheckedIOException.class)
                .hasRootCauseMessage(message);
    }

    private static byte[] with(int at, int value) {
        return ByteBuffer.wrap(CONSTANTS.clone()).putInt(at, value).array();
    }

    private static byte[] kinds(int count) {
        return ByteBuffer.allocate(2 * Integer.BYTES)
                .putInt(SignatureConstants.MAGIC)
                .putInt(count)
                .array();
    }

    private static InvariantSignature pri(SignatureConstants constants) {
        return new InvariantSignature(SiteKey.NONE, Kernels.standard(), constants, 1024);
    }

    private static SignatureSurvey survey(int firstSeed, int count) {
        var survey = new SignatureSurvey();
        for (int seed = firstSeed; seed < firstSeed + count; seed++) {
            survey.add(network(seed));
        }
        return survey;
    }

    /** A depthwise layer of which all networks share a part: filters that smooth. */
    private static List<TestLayer> network(int seed) {
        var random = new Random(seed);
        return List.of(TestLayer.of(
                "depthwise",
                LayerKind.DEPTHWISE,
                64,
                1,
                POSITIONS,
                at -> .6 + (at % POSITIONS == 4 ? 1 : 0) + random.nextGaussian()));
    }

    private static double[] floats(DataInputStream in) throws IOException {
        var values = new double[KIND.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = in.readFloat();
        }
        return values;
    }
}

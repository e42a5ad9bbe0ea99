package io.weighbridge.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class SiteKeyTest {

    private static final byte[] SECRET = bytes("a secret of some length");
    private static final byte[] OTHER_SECRET = bytes("a secret of some lengtH");
    private static final List<TestLayer> MODEL = TestModels.random(1);

    @Test
    void shouldGiveTheSameCodesForTheSameSecret() {
        assertThat(codes(SiteKey.of(SECRET.clone()), MODEL)).isEqualTo(codes(SiteKey.of(SECRET), MODEL));
    }

    @Test
    void shouldGiveUnrelatedCodesForOtherSecrets() {
        var codes = codes(SiteKey.of(SECRET), MODEL);
        var others = codes(SiteKey.of(OTHER_SECRET), MODEL);
        for (int i = 0; i < 2; i++) {
            assertUnrelated(codes.get(i), others.get(i));
        }
    }

    @Test
    void shouldGiveOtherCodesThanThePublicBasis() {
        var codes = codes(SiteKey.of(SECRET), MODEL);
        var open = codes(SiteKey.NONE, MODEL);
        for (int i = 0; i < 2; i++) {
            assertUnrelated(codes.get(i), open.get(i));
        }
        assertThat(codes.get(2)).as("projects on no basis").isEqualTo(open.get(2));
    }

    @Test
    void shouldNameTheAlgorithmsAfterTheKey() {
        var names = names(SiteKey.of(SECRET));
        assertThat(names.get(0)).matches("pri-[a-z]{6}@3");
        assertThat(names.get(1)).isEqualTo(names.get(0).replace("pri", "iwp").replace("@3", "@2"));
        assertThat(names.get(2)).isEqualTo("nts@1");
        assertThat(names.get(0)).isNotEqualTo(names(SiteKey.of(OTHER_SECRET)).get(0));
        assertThat(names(SiteKey.NONE)).containsExactly("pri@3", "iwp@2", "nts@1");
    }

    @Test
    void shouldNotCompareCodesOfOtherKeys() {
        var code = codes(SiteKey.of(SECRET), MODEL).get(0);
        var other = codes(SiteKey.of(OTHER_SECRET), MODEL).get(0);
        assertThatThrownBy(() -> code.distanceBits(other)).hasMessageStartingWith("codes are not comparable: pri-");
    }

    @Test
    void shouldKeepCopiesAsNearAsWithoutAKey() {
        for (int seed = 1; seed <= 3; seed++) {
            var model = TestModels.random(seed);
            var copy = TestModels.fineTuned(model, .2);
            for (int i = 0; i < 2; i++) {
                var open = Algorithms.of(SiteKey.NONE).get(i);
                var keyed = Algorithms.of(SiteKey.of(SECRET)).get(i);
                int distance = keyed.hash(model).distanceBits(keyed.hash(copy));
                assertThat(distance)
                        .as(keyed.id() + ", seed " + seed)
                        .isLessThanOrEqualTo(keyed.thresholdBits())
                        .isBetween(
                                open.hash(model).distanceBits(open.hash(copy)) - keyed.bits() / 20,
                                open.hash(model).distanceBits(open.hash(copy)) + keyed.bits() / 20);
            }
        }
    }

    @Test
    void shouldRefuseShortSecrets() {
        assertThatThrownBy(() -> SiteKey.of(new byte[15]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("site key: expected at least 16 bytes, got 15");
        assertThat(SiteKey.of(new byte[16]).seed()).isNotZero();
    }

    @Test
    void shouldKeepTheSecretToItself() {
        var key = SiteKey.of(SECRET);
        assertThat(key.toString())
                .matches("site key [a-z]{6}")
                .doesNotContain(new String(SECRET, StandardCharsets.US_ASCII))
                .doesNotContain(HexFormat.of().formatHex(SECRET))
                .doesNotContain(Long.toHexString(key.seed()));
        assertThat(SiteKey.NONE).hasToString("no site key");
    }

    @Test
    void shouldReadIdsWithAFingerprint() {
        var id = AlgorithmId.parse("pri-qkdwfz@3");
        assertThat(id).isEqualTo(new AlgorithmId("pri-qkdwfz", 3)).hasToString("pri-qkdwfz@3");
        assertThat(id.family()).isEqualTo("pri");
        assertThat(AlgorithmId.parse("pri@3").family()).isEqualTo("pri");
        assertThat(Algorithms.byId(id).id()).hasToString("pri@3");
        for (String wrong :
                List.of("pri-@3", "pri-qkdwf@3", "pri-qkdwfzz@3", "pri-QKDWFZ@3", "-qkdwfz@3", "pri-qkdwfz")) {
            assertThatThrownBy(() -> AlgorithmId.parse(wrong)).as(wrong).hasMessageEndingWith("got " + wrong);
        }
    }

    private static void assertUnrelated(PerceptualCode a, PerceptualCode b) {
        var comparable = PerceptualCode.fromBytes(a.algorithm(), b.toBytes());
        assertThat(a.distanceBits(comparable))
                .as(a.algorithm() + " and " + b.algorithm())
                .isBetween(a.bits() * 2 / 5, a.bits() * 3 / 5);
    }

    private static List<PerceptualCode> codes(SiteKey key, List<TestLayer> model) {
        return Algorithms.of(key).stream()
                .map(algorithm -> algorithm.hash(model))
                .toList();
    }

    private static List<String> names(SiteKey key) {
        return Algorithms.of(key).stream()
                .map(algorithm -> algorithm.id().toString())
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

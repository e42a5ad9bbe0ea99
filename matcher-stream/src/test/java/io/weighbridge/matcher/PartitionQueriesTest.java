package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.hash.search.SubstringPlan;
import io.weighbridge.matcher.store.CodeSide;
import io.weighbridge.schemas.avro.IndexAction;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PartitionQueriesTest {

    private static final AlgorithmId ID = AlgorithmId.parse("pri@3");
    private static final int BITS = 128;
    private static final int RADIUS = 20;
    private static final int PARTITIONS = 3;

    private final List<TestIndex> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(TestIndex::close);
    }

    @ParameterizedTest
    @EnumSource(SearchMode.class)
    void shouldFindWhatAPlainComparisonFindsEachOnce(SearchMode mode) {
        long seed = 20_261_124;
        var random = new Random(seed);
        var rule = rule(mode);
        var partitions = partitions(rule);
        var query = code(random);
        Map<String, Integer> expected = new HashMap<>();
        for (int i = 0; i < 500; i++) {
            var code = flipped(query, random, random.nextInt(2 * RADIUS));
            dispatch(partitions, rule, protection("p" + i, code, false));
            if (code.distanceBits(query) <= RADIUS) {
                expected.put("p" + i, code.distanceBits(query));
            }
        }

        Map<String, Integer> found = new HashMap<>();
        for (var answer : lookUp(partitions, rule, query, RADIUS, 1_000)) {
            assertThat(answer.found()).isEqualTo(answer.models().size());
            answer.models()
                    .forEach(near -> assertThat(found.put(near.model().getId(), near.distanceBits()))
                            .as(near.model().getId())
                            .isNull());
        }
        assertThat(found).as("seed %d", seed).isEqualTo(expected).isNotEmpty();
        int nearer = RADIUS / 2;
        long fewer = lookUp(partitions, rule, query, nearer, 1_000).stream()
                .mapToLong(PartitionAnswer::found)
                .sum();
        assertThat(fewer)
                .isEqualTo(expected.values().stream()
                        .filter(bits -> bits <= nearer)
                        .count());
    }

    @Test
    void shouldNameTheNearestOnlyAndCountAll() {
        var rule = rule(SearchMode.SCAN);
        var partitions = partitions(rule);
        for (int bits = 9; bits >= 0; bits--) {
            dispatch(partitions, rule, protection("p" + bits, PerceptualCode.of(ID, (1L << bits) - 1, 0), false));
        }

        var answers = lookUp(partitions, rule, PerceptualCode.of(ID, 0, 0), RADIUS, 2);

        assertThat(answers.stream().mapToLong(PartitionAnswer::found).sum()).isEqualTo(10);
        for (var answer : answers) {
            assertThat(answer.models()).hasSizeLessThanOrEqualTo(2);
            assertThat(answer.models()).isSortedAccordingTo((a, b) -> a.distanceBits() - b.distanceBits());
        }
        assertThat(answers.stream().flatMap(answer -> answer.models().stream()))
                .anyMatch(near -> near.model().getId().equals("p0") && near.distanceBits() == 0);
    }

    @Test
    void shouldTellTheNearestBaselineInEveryPartitionHoweverFar() {
        var rule = rule(SearchMode.SCAN);
        var partitions = partitions(rule);
        dispatch(partitions, rule, protection("far", PerceptualCode.of(ID, -1, -1), true));
        dispatch(partitions, rule, protection("near", PerceptualCode.of(ID, 0, 0xffff_ffffL), true));

        for (var answer : lookUp(partitions, rule, PerceptualCode.of(ID, 0, 0), RADIUS, 10)) {
            assertThat(answer.nearestBaseline().model().getId()).isEqualTo("near");
            assertThat(answer.nearestBaseline().distanceBits()).isEqualTo(32);
            assertThat(answer.baselines()).isEmpty();
            assertThat(answer.found()).isZero();
        }
        assertThat(lookUp(partitions, rule, PerceptualCode.of(ID, 0, 0xffffL), RADIUS, 10))
                .allSatisfy(answer -> assertThat(answer.baselines()).hasSize(1));
    }

    @Test
    void shouldTellWhatIsKeptAndWhatIsInQuarantine() {
        var rule = rule(SearchMode.SCAN);
        var settings = TestIndex.settings(
                Map.of(MatcherSettings.FLOOD_SHARE, "0.01", MatcherSettings.FLOOD_WINDOW, "100"), rule);
        var index = index(settings);
        var code = PerceptualCode.of(ID, 1, 2);
        var dispatch = new Dispatch(1);
        var protection = protection("greedy", code, false);
        dispatch.resident(IndexAction.PUT, rule, protection, TestEvents.START).forEach(index::accept);
        for (int i = 0; i < 14; i++) {
            var upload = TestEvents.upload("u" + i, "o/r" + i, TestEvents.START, code);
            dispatch.withDetails(
                            dispatch.roaming(
                                    rule,
                                    SearchMode.SCAN,
                                    upload,
                                    upload.getFile().getCodes().get(0),
                                    TestEvents.START),
                            upload)
                    .forEach(index::accept);
            index.finish();
        }

        var status = queries(0, index).status();

        assertThat(status.newestApplied()).contains(TestEvents.START);
        assertThat(status.pendingSearches()).isZero();
        assertThat(status.codes().stream()
                        .filter(codes -> codes.side() == CodeSide.PROTECTED)
                        .mapToLong(IndexCodes::entries)
                        .sum())
                .isEqualTo(1);
        assertThat(status.codes()).allSatisfy(codes -> assertThat(codes.bytes()).isPositive());
        assertThat(status.quarantined()).hasSize(1);
        var greedy = status.quarantined().get(0);
        long held = index.findings().stream()
                .filter(finding -> finding.fate() == Finding.Fate.QUARANTINE)
                .count();
        assertThat(greedy.model().getId()).isEqualTo("greedy");
        assertThat(greedy.held()).isEqualTo(held).isPositive();
    }

    @Test
    void shouldRefuseToSearchAStoreThatIsNotLoaded() {
        var rule = rule(SearchMode.SCAN);
        var index = index(TestIndex.settings(Map.of(), rule));
        index.store().unload();

        assertThatThrownBy(() -> queries(0, index).lookUp(rule, PerceptualCode.of(ID, 0, 0), RADIUS, 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("not loaded");
    }

    @Test
    void shouldBoundTheRadiusByThePlan() {
        assertThat(MatcherQueries.radius(rule(SearchMode.SCAN), OptionalInt.of(BITS)))
                .isEqualTo(BITS);
        assertThat(MatcherQueries.radius(rule(SearchMode.INDEX), OptionalInt.empty()))
                .isEqualTo(RADIUS);
        assertThatThrownBy(() -> MatcherQueries.radius(rule(SearchMode.INDEX), OptionalInt.of(RADIUS + 1)))
                .hasMessageContaining(
                        "radius: expected 0 to 20 bits, the threshold that the index is made for, got 21");
    }

    private static MatchRule rule(SearchMode mode) {
        return new MatchRule(TestAlgorithm.of("pri@3", BITS, RADIUS), new SubstringPlan(BITS, 8, RADIUS, 0, mode));
    }

    private List<TestIndex> partitions(MatchRule rule) {
        var partitions = new ArrayList<TestIndex>();
        for (int i = 0; i < PARTITIONS; i++) {
            partitions.add(index(TestIndex.settings(Map.of(), rule)));
        }
        return partitions;
    }

    private TestIndex index(MatcherSettings settings) {
        var index = new TestIndex(settings, SubstringJoin.CHUNK);
        open.add(index);
        return index;
    }

    private static void dispatch(List<TestIndex> partitions, MatchRule rule, ModelCode protection) {
        var dispatch = new Dispatch(PARTITIONS);
        for (var message : dispatch.resident(IndexAction.PUT, rule, protection, TestEvents.START)) {
            partitions.get(dispatch.partition(message)).accept(message);
        }
    }

    private static List<PartitionAnswer> lookUp(
            List<TestIndex> partitions, MatchRule rule, PerceptualCode code, int radiusBits, int most) {
        return partitions.stream()
                .map(index -> queries(partitions.indexOf(index), index).lookUp(rule, code, radiusBits, most))
                .toList();
    }

    private static PartitionQueries queries(int partition, TestIndex index) {
        return new PartitionQueries(partition, index.store(), index.details());
    }

    private static ModelCode protection(String id, PerceptualCode code, boolean isBaseline) {
        var protection = TestEvents.protection(id, TestEvents.START, code);
        return ModelCode.newBuilder(protection)
                .setProtectedModel(ProtectedRef.newBuilder(protection.getProtectedModel())
                        .setIsBaseline(isBaseline)
                        .build())
                .build();
    }

    private static PerceptualCode code(Random random) {
        return PerceptualCode.of(ID, random.nextLong(), random.nextLong());
    }

    private static PerceptualCode flipped(PerceptualCode code, Random random, int bits) {
        long[] words = {code.word(0), code.word(1)};
        for (int i = 0; i < bits; i++) {
            int bit = random.nextInt(BITS);
            words[bit / Long.SIZE] ^= 1L << bit % Long.SIZE;
        }
        return PerceptualCode.of(ID, words);
    }
}

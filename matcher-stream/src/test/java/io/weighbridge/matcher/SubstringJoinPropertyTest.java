package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.hash.search.SubstringPlan;
import io.weighbridge.hash.search.TestCodes;
import io.weighbridge.schemas.avro.IndexMessage;
import io.weighbridge.schemas.avro.ModelCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The join over many partitions, each of which sees the messages of its places in an order of its own: only the messages of one protected
 * model, or of one repository, stay in order.
 */
class SubstringJoinPropertyTest {

    private static final Duration RETENTION = Duration.ofDays(30);
    private static final int[] PARTITIONS = {1, 2, 3, 5, 8};

    /** Every message sent by one protected model or one repository, in order; and which pairs there are to find. */
    private static final class History {
        final List<List<IndexMessage>> sources = new ArrayList<>();
        final List<Upload> uploads = new ArrayList<>();
        final List<Protection> protections = new ArrayList<>();
    }

    private record Upload(ModelCode value, PerceptualCode code) {}

    private record Protection(ModelCode value, PerceptualCode code, boolean isLast) {}

    @Test
    void shouldFindEveryPairOnceWhateverThePartitionsAndTheirOrder() {
        for (long seed = 1; seed <= 25; seed++) {
            var random = new Random(seed);
            var rule = rule(random);
            for (int partitions : PARTITIONS) {
                var history = history(new Dispatch(partitions), rule, new Random(seed), false);
                var expected = pairs(rule, history, false);
                assertThat(run(rule, history, partitions, random))
                        .as("seed %d, %d partitions, %s", seed, partitions, rule.plan())
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    @Test
    void shouldFindEveryPairThatStaysAndNoneTwiceWhileModelsChange() {
        for (long seed = 101; seed <= 125; seed++) {
            var random = new Random(seed);
            var rule = rule(random);
            for (int partitions : PARTITIONS) {
                var history = history(new Dispatch(partitions), rule, new Random(seed), true);
                var found = run(rule, history, partitions, random);
                assertThat(found)
                        .as("seed %d, %d partitions, %s", seed, partitions, rule.plan())
                        .doesNotHaveDuplicates()
                        .containsAll(pairs(rule, history, true))
                        .isSubsetOf(pairs(rule, history, false));
            }
        }
    }

    @Test
    void shouldForgetEverythingThatIsWithdrawn() {
        var random = new Random(7);
        for (var mode : SearchMode.values()) {
            var rule = new MatchRule(TestAlgorithm.of("pri@3", 64, 5), new SubstringPlan(64, 4, 5, 2, mode));
            var dispatch = new Dispatch(1);
            try (var index = new TestIndex(rule)) {
                var value = TestEvents.protection("p", TestEvents.START, TestCodes.random(rule.id(), 64, random));
                CodeChange.of(dispatch, rule, null, value, TestEvents.START)
                        .messages()
                        .forEach(index::accept);
                assertThat(index.isEmpty()).isFalse();
                CodeChange.of(dispatch, rule, value, null, TestEvents.START)
                        .messages()
                        .forEach(index::accept);
                assertThat(index.isEmpty()).isTrue();
            }
        }
    }

    private static MatchRule rule(Random random) {
        int bits = random.nextBoolean() ? 64 : 128;
        var modes = switch (random.nextInt(4)) {
            case 0 -> EnumSet.of(SearchMode.SCAN);
            case 1 -> EnumSet.of(SearchMode.INDEX);
            default -> EnumSet.allOf(SearchMode.class);
        };
        boolean isIndexed = modes.contains(SearchMode.INDEX);
        int substrings = isIndexed ? 5 + random.nextInt(8) : 1 + random.nextInt(12);
        int radius = isIndexed ? random.nextInt(substrings + substrings / 2) : random.nextInt(bits / 2);
        int prefixBits = modes.size() > 1 ? 0 : random.nextInt(4);
        var algorithm = TestAlgorithm.of("pri@3", bits, radius);
        return new MatchRule(algorithm, new SubstringPlan(bits, substrings, radius, prefixBits, modes));
    }

    private static History history(Dispatch dispatch, MatchRule rule, Random random, boolean isChanging) {
        var history = new History();
        var codes = TestCodes.clustered(rule.id(), rule.plan().bits(), rule.thresholdBits(), 48, random);
        for (int p = 0; p < 10; p++) {
            protect(dispatch, rule, history, "p" + p, codes, random, isChanging ? random.nextInt(4) : 0);
        }
        for (int repo = 0; repo < 8; repo++) {
            var sent = new ArrayList<IndexMessage>();
            for (int revision = 0; revision < 3; revision++) {
                var code = codes.get(random.nextInt(codes.size()));
                var value = TestEvents.upload(repo + "-" + revision, "o/" + repo, time(random), code);
                history.uploads.add(new Upload(value, code));
                for (int times = random.nextInt(3); times >= 0; times--) {
                    sent.addAll(roaming(dispatch, rule, value, random));
                }
            }
            history.sources.add(sent);
        }
        return history;
    }

    /** Each time it is sent, an upload may be given another mode. */
    private static List<IndexMessage> roaming(Dispatch dispatch, MatchRule rule, ModelCode value, Random random) {
        var modes = List.copyOf(rule.plan().modes());
        var mode = modes.get(random.nextInt(modes.size()));
        var code = value.getFile().getCodes().get(0);
        return dispatch.withDetails(dispatch.roaming(rule, mode, value, code, Instant.EPOCH), value);
    }

    /** A first protection, then {@code changes} updates, withdrawals or repetitions. */
    private static void protect(
            Dispatch dispatch,
            MatchRule rule,
            History history,
            String id,
            List<PerceptualCode> codes,
            Random random,
            int changes) {
        var sent = new ArrayList<IndexMessage>();
        ModelCode inForce = null;
        var versions = new ArrayList<Protection>();
        for (int change = 0; change <= changes; change++) {
            boolean isWithdrawn = change > 0 && random.nextInt(3) == 0;
            var code = codes.get(random.nextInt(codes.size()));
            var next =
                    isWithdrawn ? null : TestEvents.protection(id, time(random).plusMillis(change), code);
            var after = CodeChange.of(dispatch, rule, inForce, next, Instant.EPOCH);
            sent.addAll(after.messages());
            inForce = after.inForce();
            if (inForce != null) {
                versions.add(new Protection(inForce, code, false));
            }
        }
        if (inForce != null) {
            var last = versions.remove(versions.size() - 1);
            versions.removeIf(version -> version.value().equals(last.value()));
            versions.add(new Protection(last.value(), last.code(), true));
        }
        history.protections.addAll(versions);
        history.sources.add(sent);
    }

    /** Some within the retention of each other, some not. */
    private static Instant time(Random random) {
        return TestEvents.START.plus(Duration.ofHours(random.nextInt(24 * 45)));
    }

    private static Set<List<String>> pairs(MatchRule rule, History history, boolean isLastOnly) {
        var pairs = new HashSet<List<String>>();
        for (var upload : history.uploads) {
            for (var protection : history.protections) {
                var late = Duration.between(
                        upload.value().getUpload().getUploadedAt(),
                        protection.value().getProtectedModel().getProtectedAt());
                if (upload.code().distanceBits(protection.code()) <= rule.thresholdBits()
                        && late.compareTo(RETENTION) <= 0
                        && (protection.isLast() || !isLastOnly)) {
                    pairs.add(TestEvents.pair(upload.value(), protection.value(), upload.code(), protection.code()));
                }
            }
        }
        return pairs;
    }

    private static List<List<String>> run(MatchRule rule, History history, int partitions, Random random) {
        var found = new ArrayList<List<String>>();
        var dispatch = new Dispatch(partitions);
        for (int i = 0; i < partitions; i++) {
            int partition = i;
            List<Deque<IndexMessage>> waiting = new ArrayList<>();
            for (var source : history.sources) {
                waiting.add(new ArrayDeque<>(source.stream()
                        .filter(message -> dispatch.partition(message) == partition)
                        .toList()));
            }
            try (var index = new TestIndex(TestIndex.settings(Map.of(), rule), 1 + random.nextInt(8))) {
                for (var message : interleaved(waiting, random)) {
                    index.accept(message);
                    if (random.nextInt(3) == 0) {
                        index.advance();
                    }
                    if (random.nextInt(20) == 0) {
                        index.restart();
                    }
                }
                index.finish();
                index.findings()
                        .forEach(finding ->
                                found.add(TestEvents.pair(finding.match().alert())));
            }
        }
        return found;
    }

    private static List<IndexMessage> interleaved(List<Deque<IndexMessage>> waiting, Random random) {
        var order = new ArrayList<IndexMessage>();
        waiting.removeIf(Deque::isEmpty);
        while (!waiting.isEmpty()) {
            int next = random.nextInt(waiting.size());
            order.add(waiting.get(next).removeFirst());
            waiting.removeIf(Deque::isEmpty);
        }
        return order;
    }
}

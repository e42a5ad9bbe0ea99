package io.weighbridge.matcher.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.hash.search.SubstringPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The store over RocksDB, opened again and again. */
class SubstringStoreTest {

    private static final AlgorithmId PRI = AlgorithmId.parse("pri@3");
    private static final SubstringPlan PLAN = new SubstringPlan(128, 4, 7, 0, EnumSet.allOf(SearchMode.class));
    private static final String LAYOUT = "plan 1";

    @TempDir
    private Path folder;

    private SubstringStore store;

    @BeforeEach
    void open() {
        var context = new MockProcessorContext<Void, Void>(new Properties(), new TaskId(0, 0), folder.toFile());
        store = new SubstringStoreBuilder(Stores.persistentKeyValueStore("index"), Map.of("pri@3", PLAN))
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        store.load(LAYOUT);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** Otherwise the entries of before would lie where nobody looks, and their matches be lost in silence. */
    @Test
    void shouldRefuseEntriesLaidOutByOtherPlans() {
        store.noteLayout(LAYOUT);
        assertThatCode(() -> store.load(LAYOUT)).doesNotThrowAnyException();
        assertThatThrownBy(() -> store.load("plan 2"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(
                        "settings of the matcher: expected those its index was made with, plan 1, got plan 2; go back");
    }

    /** Slots too: a search that stopped half-way goes on by them. */
    @Test
    void shouldHoldTheSameAfterARestartWhateverCameAndWent() {
        var random = new Random(3);
        var expected = new HashMap<RegionKey, Map<Identity, PerceptualCode>>();
        for (int i = 0; i < 3_000; i++) {
            var region = region(random);
            var here = expected.computeIfAbsent(region, key -> new HashMap<>());
            var identity = Identity.of(region.side(), "m" + random.nextInt(200), "");
            if (here.remove(identity) != null) {
                store.remove(region, identity);
            } else {
                var code = PerceptualCode.of(PRI, random.nextLong(), random.nextLong());
                here.put(identity, code);
                store.put(region, identity, code, i);
            }
        }
        var slots = slots(expected);
        store.close();
        open();
        assertThat(slots(expected)).isEqualTo(slots);
        expected.forEach((region, codes) -> {
            assertThat(store.region(region).size()).isEqualTo(codes.size());
            codes.forEach((identity, code) -> assertThat(
                            store.region(region).code(store.region(region).slot(identity)))
                    .isEqualTo(code));
        });
        assertThat(store.size())
                .isEqualTo(expected.values().stream().mapToLong(Map::size).sum());
        assertThat(store.newestAppliedMillis()).isBetween(2_900L, 3_000L);
    }

    private Map<RegionKey, List<Integer>> slots(Map<RegionKey, Map<Identity, PerceptualCode>> expected) {
        var slots = new HashMap<RegionKey, List<Integer>>();
        expected.forEach((region, codes) -> {
            var here = new ArrayList<Integer>();
            codes.keySet().forEach(identity -> here.add(store.region(region).slot(identity)));
            slots.put(region, here);
        });
        return slots;
    }

    private static RegionKey region(Random random) {
        var mode = SearchMode.values()[random.nextInt(2)];
        var side = random.nextBoolean() ? CodeSide.UPLOAD : CodeSide.PROTECTED;
        return new RegionKey("pri@3/0" + random.nextInt(3) + "/0", mode, side);
    }

    @Test
    void shouldGoOnCountingArrivalsAfterARestart() {
        var region = new RegionKey("pri@3/00/0", SearchMode.SCAN, CodeSide.UPLOAD);
        var code = PerceptualCode.of(PRI, 1, 2);
        assertThat(store.put(region, Identity.of(CodeSide.UPLOAD, "a", ""), code, 5))
                .isEqualTo(1);
        assertThat(store.put(region, Identity.of(CodeSide.UPLOAD, "b", ""), code, 5))
                .isEqualTo(2);
        var waiting = region.of(CodeSide.PROTECTED);
        var model = Identity.of(CodeSide.PROTECTED, "p", "");
        store.put(waiting, model, code, 6);
        store.notes().putPending(new SearchNotes.Pending(waiting, model, PendingSearch.starting(2)));
        store.remove(region, Identity.of(CodeSide.UPLOAD, "b", ""));
        store.close();
        open();
        assertThat(store.put(region, Identity.of(CodeSide.UPLOAD, "c", ""), code, 5))
                .as("later than what the waiting search may see")
                .isEqualTo(3);
    }

    @Test
    void shouldKeepSearchesAndTalliesUntilTheirEntryGoes() {
        var region = new RegionKey("pri@3/00/0", SearchMode.SCAN, CodeSide.PROTECTED);
        var model = Identity.of(CodeSide.PROTECTED, "p", "");
        var search = new PendingSearch(9, 4, 3, 2);
        store.put(region, model, PerceptualCode.of(PRI, 1, 2), 0);
        store.notes().putPending(new SearchNotes.Pending(region, model, search));
        store.notes().putTally(region, model, MatchTally.NONE.with(7, 3).holding());
        store.close();
        open();
        assertThat(store.notes().pending()).containsExactly(new SearchNotes.Pending(region, model, search));
        assertThat(store.notes().quarantined()).singleElement().satisfies(found -> {
            assertThat(found.region()).isEqualTo(region);
            assertThat(found.tally().held()).isEqualTo(1);
            assertThat(found.tally().recent()).containsExactly(7);
        });
        store.remove(region, model);
        assertThat(store.notes().pending()).isEmpty();
        assertThat(store.notes().quarantined()).isEmpty();
    }

    @Test
    void shouldForgetOldestFirstAndNotBeforeTheirTime() {
        var region = new RegionKey("pri@3/00/0", SearchMode.INDEX, CodeSide.UPLOAD);
        for (int i = 0; i < 10; i++) {
            store.put(region, Identity.of(CodeSide.UPLOAD, "u" + i, ""), PerceptualCode.of(PRI, i, i), 100 - i);
        }
        store.forgetAfter(96, new byte[] {'D', 1});
        var others = new ArrayList<byte[]>();
        assertThat(store.expire(97, 100, others::add)).isEqualTo(6);
        assertThat(others).singleElement().isEqualTo(new byte[] {'D', 1});
        assertThat(store.contains(region, Identity.of(CodeSide.UPLOAD, "u3", "")))
                .isTrue();
        assertThat(store.contains(region, Identity.of(CodeSide.UPLOAD, "u4", "")))
                .isFalse();
        assertThat(store.expire(1_000, 1, others::add)).isEqualTo(1);
        assertThat(store.size()).isEqualTo(3);
    }

    @Test
    void shouldNotLetOtherThreadsReadWhatIsNotLoaded() {
        assertThat(store.read(store::size)).isZero();
        store.unload();
        assertThatThrownBy(() -> store.read(store::size))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the store index is not loaded");
    }
}

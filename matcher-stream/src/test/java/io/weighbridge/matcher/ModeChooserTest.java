package io.weighbridge.matcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.hash.search.SubstringPlan;
import io.weighbridge.schemas.TestTopics;
import io.weighbridge.schemas.avro.ModelCode;
import java.util.EnumSet;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModeChooserTest {

    private static final AlgorithmId PRI = AlgorithmId.parse("pri@3");

    /** About 500 look-ups: as much as a scan of some 3,700 codes. */
    private static final MatchRule RULE = rule(EnumSet.allOf(SearchMode.class));

    private final Random random = new Random(5);
    private KeyValueStore<String, ModelCode> inForce;

    @BeforeEach
    void open() {
        inForce = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore("codes"),
                        Serdes.String(),
                        TestTopics.mockTopics().<ModelCode>avroSerde())
                .withLoggingDisabled()
                .build();
        inForce.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), inForce);
    }

    @AfterEach
    void close() {
        inForce.close();
    }

    @Test
    void shouldScanFewCodesAndIndexMany() {
        fill(1_000, 0);
        assertThat(chooser(1).choose(RULE, code())).isEqualTo(SearchMode.SCAN);
        assertThat(chooser(64).choose(RULE, code()))
                .as("64 tasks, as many codes in each")
                .isEqualTo(SearchMode.INDEX);
    }

    @Test
    void shouldScanWhereCodesCrowdAndIndexElsewhere() {
        var centre = code();
        fill(1_000, 0);
        for (int i = 0; i < 1_000; i++) {
            put("crowd" + i, near(centre));
        }
        var chooser = chooser(64);
        assertThat(chooser.choose(RULE, near(centre))).isEqualTo(SearchMode.SCAN);
        assertThat(chooser.choose(RULE, code())).isEqualTo(SearchMode.INDEX);
    }

    @Test
    void shouldTakeTheOnlyMode() {
        assertThat(chooser(1).choose(rule(EnumSet.of(SearchMode.INDEX)), code()))
                .isEqualTo(SearchMode.INDEX);
        assertThat(chooser(1).choose(rule(EnumSet.of(SearchMode.SCAN)), code())).isEqualTo(SearchMode.SCAN);
    }

    private ModeChooser chooser(int tasks) {
        return new ModeChooser(inForce, tasks, 1);
    }

    private void fill(int codes, int from) {
        for (int i = from; i < from + codes; i++) {
            put("p" + i, code());
        }
    }

    private void put(String id, PerceptualCode code) {
        inForce.put(PRI + "/" + id, TestEvents.protection(id, TestEvents.START, code));
    }

    private PerceptualCode code() {
        return PerceptualCode.of(PRI, random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    }

    /** Differs in one bit of each word. */
    private PerceptualCode near(PerceptualCode code) {
        var words = new long[4];
        for (int i = 0; i < words.length; i++) {
            words[i] = code.word(i) ^ 1L << random.nextInt(Long.SIZE);
        }
        return PerceptualCode.of(PRI, words);
    }

    private static MatchRule rule(EnumSet<SearchMode> modes) {
        return new MatchRule(TestAlgorithm.of("pri@3", 256, 24), new SubstringPlan(256, 12, 24, 0, modes));
    }
}

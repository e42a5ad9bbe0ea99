package io.weighbridge.app.evaluate.codes;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.HashResult;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.TestModels;
import io.weighbridge.hash.WeightLayer;
import io.weighbridge.hash.nts.Encoding;
import io.weighbridge.hash.nts.Importance;
import io.weighbridge.hash.nts.NormalTestStatistics;
import io.weighbridge.hash.nts.NormalityTest;
import io.weighbridge.hash.nts.NtsVariant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OneByOneTest {

    private static final List<HashAlgorithm> VARIANTS = List.of(variant(1, 256), variant(.5, 256), variant(1, 1024));

    @Test
    void shouldGiveTheCodesOfTheAlgorithmItself() {
        for (long seed = 1; seed <= 4; seed++) {
            var layers = new ArrayList<WeightLayer>(TestModels.random(seed));
            Collections.reverse(layers);

            assertThat(codes(VARIANTS.stream().<HashAlgorithm>map(OneByOne::new).toList(), layers))
                    .as("seed %d", seed)
                    .isEqualTo(codes(VARIANTS, layers));
        }
    }

    @Test
    void shouldHashOneAtATime() throws Exception {
        var busy = new AtomicInteger();
        var most = new AtomicInteger();
        var layers = TestModels.random(1);
        var pool = Executors.newFixedThreadPool(4);
        try {
            var ended = new ArrayList<Future<?>>();
            for (int i = 0; i < 4; i++) {
                ended.add(pool.submit(() -> codes(List.of(new OneByOne(new Watched(busy, most))), layers)));
            }
            for (var end : ended) {
                end.get();
            }
        } finally {
            pool.shutdownNow();
        }

        assertThat(most).hasValue(1);
    }

    private static HashAlgorithm variant(double fraction, int segments) {
        return NormalTestStatistics.of(new NtsVariant(
                Importance.WEIGHT_MAGNITUDE, fraction, NormalityTest.SHAPIRO_WILK, segments, Encoding.MEDIAN));
    }

    private static List<PerceptualCode> codes(List<HashAlgorithm> algorithms, List<? extends WeightLayer> layers) {
        return ((HashResult.Hashed) ModelHasher.of(algorithms).hash(layers)).codes();
    }

    /** Counts how many of its kind are at work. */
    private record Watched(AtomicInteger busy, AtomicInteger most) implements HashAlgorithm {

        @Override
        public AlgorithmId id() {
            return VARIANTS.get(0).id();
        }

        @Override
        public int bits() {
            return VARIANTS.get(0).bits();
        }

        @Override
        public double falseMatchRate(int distanceBits) {
            return VARIANTS.get(0).falseMatchRate(distanceBits);
        }

        @Override
        public Accumulator start(List<? extends WeightLayer> layers) {
            return VARIANTS.get(0).start(layers);
        }

        @Override
        public PerceptualCode hash(List<? extends WeightLayer> layers) {
            most.accumulateAndGet(busy.incrementAndGet(), Math::max);
            try {
                Thread.sleep(20);
                return HashAlgorithm.super.hash(layers);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                busy.decrementAndGet();
            }
        }
    }
}

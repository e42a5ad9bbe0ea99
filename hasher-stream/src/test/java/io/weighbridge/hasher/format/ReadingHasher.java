package io.weighbridge.hasher.format;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.LayerPass;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.RowBlock;
import io.weighbridge.hash.WeightLayer;
import java.util.List;

/** Reads all weights and hashes nothing: what a test of reading needs, at a fraction of the time. */
public final class ReadingHasher implements HashAlgorithm {

    public static ModelHasher create() {
        return ModelHasher.of(List.of(new ReadingHasher()));
    }

    @Override
    public AlgorithmId id() {
        return new AlgorithmId("reading", 1);
    }

    @Override
    public int bits() {
        return Long.SIZE;
    }

    @Override
    public int thresholdBits() {
        return 0;
    }

    @Override
    public double falseMatchRate(int distanceBits) {
        return 1;
    }

    @Override
    public Accumulator start(List<? extends WeightLayer> layers) {
        return new Accumulator() {
            private long read;

            @Override
            public LayerPass begin(WeightLayer layer) {
                read += layer.size();
                return new LayerPass() {
                    @Override
                    public void rows(RowBlock rows) {}

                    @Override
                    public LayerPass next() {
                        return null;
                    }
                };
            }

            @Override
            public PerceptualCode code() {
                return PerceptualCode.of(id(), read);
            }
        };
    }
}

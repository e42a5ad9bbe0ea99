package io.weighbridge.matcher.store;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.CodeBlocks;
import java.util.List;

/** Codes that are found by comparing all of them. */
public final class ScanRegion extends Region {

    private final CodeBlocks blocks;

    ScanRegion(AlgorithmId algorithm, CodeSide side, int bits) {
        super(algorithm, side);
        blocks = new CodeBlocks(bits);
    }

    @Override
    public PerceptualCode code(int slot) {
        return blocks.code(slot, algorithm());
    }

    @Override
    public void scan(List<PerceptualCode> queries, int radiusBits, int from, int to, Hits hits) {
        blocks.scan(queries, radiusBits, from, Math.min(to, limit()), (query, slot, distanceBits) -> {
            if (slot >= from && slot < to && isTaken(slot)) {
                hits.visit(query, slot, distanceBits);
            }
        });
    }

    @Override
    long codeBytes() {
        return blocks.bytes();
    }

    @Override
    void putCode(int slot, PerceptualCode code) {
        blocks.put(slot, code);
    }

    @Override
    void removeCode(int slot) {
        // The slot is free; what it held is overwritten when it is used again.
    }
}

package io.weighbridge.hash.search;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Codes for tests of search: uniform, or in clusters with every distance from 0 up to beyond a radius. */
public final class TestCodes {

    private TestCodes() {}

    /** A uniform code. */
    public static PerceptualCode random(AlgorithmId id, int bits, Random random) {
        return PerceptualCode.of(id, random.longs(bits / Long.SIZE).toArray());
    }

    /** A code at exactly this distance. */
    public static PerceptualCode at(int distanceBits, PerceptualCode code, Random random) {
        var positions = new ArrayList<Integer>();
        for (int bit = 0; bit < code.bits(); bit++) {
            positions.add(bit);
        }
        Collections.shuffle(positions, random);
        return flipped(code, positions.subList(0, distanceBits));
    }

    /** A code at exactly this distance, the flipped bits side by side: the worst case of substrings. */
    public static PerceptualCode runAt(int distanceBits, PerceptualCode code, Random random) {
        int first = random.nextInt(code.bits());
        var positions = new ArrayList<Integer>();
        for (int i = 0; i < distanceBits; i++) {
            positions.add((first + i) % code.bits());
        }
        return flipped(code, positions);
    }

    /** {@code size} codes around few centres, at distances on both sides of the radius. */
    public static List<PerceptualCode> clustered(AlgorithmId id, int bits, int radiusBits, int size, Random random) {
        var codes = new ArrayList<PerceptualCode>();
        var centre = random(id, bits, random);
        for (int i = 0; i < size; i++) {
            if (i % 12 == 0) {
                centre = random(id, bits, random);
            }
            int distance = Math.min(bits, random.nextInt(radiusBits + 3));
            codes.add(random.nextBoolean() ? at(distance, centre, random) : runAt(distance, centre, random));
        }
        return codes;
    }

    private static PerceptualCode flipped(PerceptualCode code, List<Integer> positions) {
        var words = new long[code.bits() / Long.SIZE];
        for (int i = 0; i < words.length; i++) {
            words[i] = code.word(i);
        }
        for (int position : positions) {
            words[position / Long.SIZE] ^= Long.MIN_VALUE >>> position % Long.SIZE;
        }
        return PerceptualCode.of(code.algorithm(), words);
    }
}

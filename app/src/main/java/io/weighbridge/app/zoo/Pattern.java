package io.weighbridge.app.zoo;

import java.util.Random;

/** A smooth random colour picture without edges: a sum of a few slow waves in each colour, of zero mean and unit deviation or so. */
final class Pattern {

    private static final int WAVES = 5;
    private static final int HIGHEST_FREQUENCY = 3;

    private final int side;
    private final float[][] planes;

    private Pattern(int side, float[][] planes) {
        this.side = side;
        this.planes = planes;
    }

    static Pattern random(int side, int colours, Random random) {
        var planes = new float[colours][];
        for (int colour = 0; colour < colours; colour++) planes[colour] = plane(side, random);
        return new Pattern(side, planes);
    }

    private static float[] plane(int side, Random random) {
        var plane = new float[side * side];
        double height = Math.sqrt(2.0 / WAVES);
        for (int wave = 0; wave < WAVES; wave++) {
            int across = random.nextInt(2 * HIGHEST_FREQUENCY + 1) - HIGHEST_FREQUENCY;
            int down = 1 + random.nextInt(HIGHEST_FREQUENCY);
            double phase = random.nextDouble();
            for (int i = 0; i < plane.length; i++) {
                double turns = (double) (across * (i % side) + down * (i / side)) / side + phase;
                plane[i] += (float) (height * StrictMath.sin(2 * StrictMath.PI * turns));
            }
        }
        return plane;
    }

    /** The value at a place; the picture repeats in both directions, so any row and column is right. */
    float at(int colour, int row, int column) {
        return planes[colour][Math.floorMod(row, side) * side + Math.floorMod(column, side)];
    }
}

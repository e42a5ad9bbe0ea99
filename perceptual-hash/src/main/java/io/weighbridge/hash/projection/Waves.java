package io.weighbridge.hash.projection;

import java.util.ArrayList;
import java.util.Arrays;

/** Random waves of numbers that describe channels (random Fourier features), each a number a channel, centred over the channels. */
final class Waves {

    private final Kernels kernels;
    private final Channels described;
    private final int count;
    private final double[] directions;
    private final BasisStream phases;

    Waves(Kernels kernels, Channels described, String purpose, int count, double frequency) {
        this.kernels = kernels;
        this.described = described;
        this.count = count;
        this.phases = new BasisStream(purpose + "p", described.width());
        var basis = new BasisStream(purpose, described.width());
        directions = new double[described.width() * count];
        for (int i = 0; i < directions.length; i++) {
            directions[i] = basis.normal(i) * frequency / (2 * Math.PI);
        }
    }

    Channels all() {
        var room = room(count);
        fill(room, 0);
        return room;
    }

    /** Room for some waves. */
    Channels room(int waves) {
        var tiles = new ArrayList<float[][]>();
        for (int i = 0; i < waves; i++) {
            tiles.add(described.tiling().zeros());
        }
        return new Channels(kernels, described.tiling(), tiles);
    }

    /** Overwrites as many features as the room has with the waves from the given one on. */
    void fill(Channels room, int from) {
        for (int m = 0; m < room.width(); m++) {
            fill(room.feature(m), from + m);
        }
        room.centre();
    }

    private void fill(float[][] wave, int index) {
        for (var tile : wave) {
            Arrays.fill(tile, 0);
        }
        described.addTimes(directions, count, index, wave);
        float phase = (float) phases.uniform(index);
        for (var tile : wave) {
            for (int j = 0; j < tile.length; j++) {
                tile[j] += phase;
            }
            kernels.wave(tile, tile.length);
        }
    }
}

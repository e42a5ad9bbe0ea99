package io.weighbridge.app.zoo.fast;

import java.util.Arrays;

/**
 * The shape of a batch of pictures that a kernel is moved over.
 *
 * @param kernel side of the square kernel, odd
 */
record Planes(int pictures, int height, int width, int kernel) {

    /** Neighbouring places of the input, from {@code from} on, which a weight takes to places from {@code to} on. */
    interface Row {
        void accept(int from, int to, int length, int channel, int tap);
    }

    int positions() {
        return height * width;
    }

    int columns() {
        return pictures * positions();
    }

    int taps() {
        return kernel * kernel;
    }

    /**
     * From [picture, channel, position] to [channel, kernel position, picture, position]: what each weight is multiplied by.
     *
     * @param unfolded takes the result; zero where the kernel reaches over the edge, as a new array is
     */
    float[] unfold(float[] planes, int channels, float[] unfolded) {
        if (kernel == 1) return channelsFirst(planes, channels, unfolded);
        forEachRow(
                channels,
                (from, to, length, channel, tap) ->
                        System.arraycopy(planes, from, unfolded, unfolded(to, channels, channel, tap), length));
        return unfolded;
    }

    /** The sums of all places that one number was unfolded to. */
    float[] fold(float[] unfolded, int channels, float[] planes) {
        if (kernel == 1) return picturesFirst(unfolded, channels, planes);
        Arrays.fill(planes, 0);
        forEachRow(channels, (from, to, length, channel, tap) -> {
            int at = unfolded(to, channels, channel, tap);
            for (int i = 0; i < length; i++) planes[from + i] += unfolded[at + i];
        });
        return planes;
    }

    private int unfolded(int to, int channels, int channel, int tap) {
        int picture = to / (channels * positions());
        return ((channel * taps() + tap) * pictures + picture) * positions() + to % positions();
    }

    /** Every row of every picture, channel and kernel position, as far as the kernel stays inside. */
    void forEachRow(int channels, Row action) {
        int half = kernel / 2;
        for (int channel = 0; channel < channels; channel++)
            for (int tap = 0; tap < taps(); tap++) {
                int down = tap / kernel - half;
                int right = tap % kernel - half;
                int left = Math.max(0, -right);
                int length = width - Math.abs(right);
                if (length <= 0) continue;
                for (int picture = 0; picture < pictures; picture++) {
                    int plane = (picture * channels + channel) * positions();
                    for (int row = Math.max(0, -down); row < Math.min(height, height - down); row++)
                        action.accept(
                                plane + (row + down) * width + left + right,
                                plane + row * width + left,
                                length,
                                channel,
                                tap);
                }
            }
    }

    /** From [picture, channel, position] to [channel, picture, position]. */
    float[] channelsFirst(float[] planes, int channels, float[] swapped) {
        for (int picture = 0; picture < pictures; picture++)
            for (int channel = 0; channel < channels; channel++)
                System.arraycopy(
                        planes,
                        (picture * channels + channel) * positions(),
                        swapped,
                        (channel * pictures + picture) * positions(),
                        positions());
        return swapped;
    }

    /** From [channel, picture, position] to [picture, channel, position]. */
    float[] picturesFirst(float[] planes, int channels, float[] swapped) {
        for (int picture = 0; picture < pictures; picture++)
            for (int channel = 0; channel < channels; channel++)
                System.arraycopy(
                        planes,
                        (channel * pictures + picture) * positions(),
                        swapped,
                        (picture * channels + channel) * positions(),
                        positions());
        return swapped;
    }
}

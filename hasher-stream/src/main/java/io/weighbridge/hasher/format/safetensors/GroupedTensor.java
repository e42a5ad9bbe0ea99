package io.weighbridge.hasher.format.safetensors;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.util.stream.IntStream;

/** A number for each [output, input] from one for each [output, group], by the group of each input. */
final class GroupedTensor implements TensorData {

    private final TensorData grouped;
    private final int groups;
    private final int[] groupOfInput;

    /**
     * Relies on: every group is below {@code groups}.
     *
     * @param grouped [outputs, groups]
     */
    GroupedTensor(TensorData grouped, int groups, int[] groupOfInput) {
        this.grouped = grouped;
        this.groups = groups;
        this.groupOfInput = groupOfInput.clone();
    }

    /** The group of each input, read from a tensor of whole numbers; each at least 0 and below {@code groups}. */
    static int[] groups(TensorEntry tensor, TensorData stored, long groups) throws IOException {
        int inputs = (int) tensor.numbers();
        var numbers = new float[inputs];
        stored.read(0, inputs, numbers, 0);
        var chosen = new int[inputs];
        for (int i = 0; i < inputs; i++) {
            if (!(numbers[i] >= 0 && numbers[i] < groups)) {
                throw ModelFormatException.malformed("tensor " + tensor.name() + ": expected groups from 0 to "
                        + (groups - 1) + ", got " + (long) numbers[i] + " for input " + i);
            }
            chosen[i] = (int) numbers[i];
        }
        return chosen;
    }

    /** Whether each group has {@code size} inputs that follow each other, the groups in order. */
    static boolean areInOrder(int[] groupOfInput, long size) {
        return IntStream.range(0, groupOfInput.length).allMatch(input -> groupOfInput[input] == input / size);
    }

    @Override
    public void read(long from, int count, float[] target, int at) throws IOException {
        var row = new float[groups];
        long held = -1;
        for (int i = 0; i < count; i++) {
            long output = (from + i) / groupOfInput.length;
            if (output != held) {
                grouped.read(output * groups, groups, row, 0);
                held = output;
            }
            target[at + i] = row[groupOfInput[(int) ((from + i) % groupOfInput.length)]];
        }
    }
}

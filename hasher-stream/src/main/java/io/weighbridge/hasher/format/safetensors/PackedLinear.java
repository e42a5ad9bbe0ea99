package io.weighbridge.hasher.format.safetensors;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.NibbleTensor;
import io.weighbridge.hasher.format.ScaledTensor;
import io.weighbridge.hasher.format.StoredTensor;
import io.weighbridge.hasher.format.StridedTensor;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * A dense layer of N outputs and K inputs whose weights GPTQ or AWQ packed into words of 32 bits. G groups of inputs share scales and zeros; a weight is
 * (q - zero) · scale.
 *
 * <pre>
 *            GPTQ, 4 or 8 bits, P = 32 / bits numbers in a word            AWQ, 4 bits
 * qweight    [K / P, N] words, P inputs each, the first in the lowest bits  [K, N / 8] words of outputs 0 2 4 6 1 3 5 7
 * qzeros     [G, N / P] words, P outputs each, one less than the zeros      [G, N / 8] words of outputs 0 2 4 6 1 3 5 7
 * scales     [G, N]                                                         [G, N]
 * g_idx      [K] group of each input; left out: K / G inputs each           -
 * </pre>
 *
 * As AutoGPTQ's and AutoAWQ's packing functions have it. The second version of GPTQ's files stores the zeros themselves and does not say so in the file: its
 * weights come out one scale lower.
 */
final class PackedLinear {

    private static final String NUMBERS = ".qweight";
    private static final float[] NIBBLES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

    /** More are no inputs of a layer: their groups are held. */
    private static final int MAX_INPUTS = 1 << 20;

    private final TensorEntry numbers;
    private final TensorEntry zeros;
    private final TensorEntry scales;
    private final TensorEntry groupsOfInputs;

    private PackedLinear(String module, Map<String, TensorEntry> tensors) {
        this.numbers = tensors.get(module + NUMBERS);
        this.zeros = tensors.get(module + ".qzeros");
        this.scales = tensors.get(module + ".scales");
        this.groupsOfInputs = tensors.get(module + ".g_idx");
    }

    /** The layer that a tensor holds the packed numbers of; null if it does not, or the tensors beside it do not fit. */
    static PackedLinear of(TensorEntry tensor, Map<String, TensorEntry> tensors) {
        var name = tensor.name();
        if (!name.endsWith(NUMBERS)) {
            return null;
        }
        var layer = new PackedLinear(name.substring(0, name.length() - NUMBERS.length()), tensors);
        return layer.isWhole() && (layer.isGptq() || layer.isAwq()) ? layer : null;
    }

    /** The tensor that could be taken for weights by its shape. */
    TensorEntry scales() {
        return scales;
    }

    /** Adds the layer under the name that its weights had before. */
    void addTo(WeightCollector collector, ModelBytes file, long dataStart) throws IOException {
        var name = numbers.name();
        collector.add(
                name.substring(0, name.length() - NUMBERS.length()) + ".weight",
                LayerKind.DENSE,
                new long[] {outputs(), inputs(), 1},
                ElementType.F8_E4M3,
                isGptq() ? gptq(file, dataStart) : awq(file, dataStart));
    }

    private boolean isWhole() {
        return zeros != null
                && scales != null
                && areWords(numbers)
                && areWords(zeros)
                && scales.shape().length == 2
                && scales.numbers() > 0
                && scales.type().type() != null
                && scales.type().type().isFloating()
                && numbers.numbers() > 0
                && zeros.shape()[0] == groups()
                && groups() <= MAX_INPUTS;
    }

    private static boolean areWords(TensorEntry tensor) {
        return tensor.type().type() == ElementType.I32 && tensor.shape().length == 2;
    }

    private boolean isGptq() {
        long per = outputs() / Math.max(1, zeros.shape()[1]);
        return numbers.shape()[1] == outputs()
                && (per == 4 || per == 8)
                && zeros.shape()[1] * per == outputs()
                && numbers.shape()[0] <= MAX_INPUTS / per
                && (groupsOfInputs == null
                        ? inputs() % groups() == 0
                        : groupsOfInputs.numbers() == inputs()
                                && groupsOfInputs.type().type() == ElementType.I32);
    }

    private boolean isAwq() {
        return groupsOfInputs == null
                && numbers.shape()[1] * 8 == outputs()
                && zeros.shape()[1] * 8 == outputs()
                && numbers.shape()[0] % groups() == 0;
    }

    private long outputs() {
        return scales.shape()[1];
    }

    private long groups() {
        return scales.shape()[0];
    }

    /** Numbers in a word. Relies on: {@link #isGptq} or {@link #isAwq}. */
    private long perWord() {
        return outputs() / zeros.shape()[1];
    }

    private long inputs() {
        return numbers.shape()[1] == outputs() ? numbers.shape()[0] * perWord() : numbers.shape()[0];
    }

    private TensorData gptq(ModelBytes file, long dataStart) {
        long n = outputs();
        long per = perWord();
        var q = new StridedTensor(
                unpacked(numbers, file, dataStart), new long[] {n, numbers.shape()[0], per}, new long[] {per, per * n, 1
                });
        var less = new StridedTensor(unpacked(zeros, file, dataStart), new long[] {n, groups()}, new long[] {1, n});
        TensorData z = (from, count, target, at) -> {
            less.read(from, count, target, at);
            for (int i = at; i < at + count; i++) {
                target[i]++;
            }
        };
        return scaled(q, z, file, dataStart);
    }

    private TensorData awq(ModelBytes file, long dataStart) {
        long n = outputs();
        var q = new StridedTensor(
                unpacked(numbers, file, dataStart), new long[] {n / 8, 4, 2, inputs()}, new long[] {8, 1, 4, n});
        var z = new StridedTensor(
                unpacked(zeros, file, dataStart), new long[] {n / 8, 4, 2, groups()}, new long[] {8, 1, 4, n});
        return scaled(q, z, file, dataStart);
    }

    /** @param q [N, K], @param z [N, G] */
    private TensorData scaled(TensorData q, TensorData z, ModelBytes file, long dataStart) {
        var s = scales.data(file, dataStart).permuted(scales.shape(), 1, 0);
        if (groupsOfInputs == null) {
            return inOrder(q, s, z);
        }
        // Groups are read anew for each slab: those of all layers together may be as large as the file.
        return (from, count, target, at) -> {
            var chosen = GroupedTensor.groups(groupsOfInputs, groupsOfInputs.data(file, dataStart), groups());
            boolean isInOrder = inputs() % groups() == 0 && GroupedTensor.areInOrder(chosen, inputs() / groups());
            var full = isInOrder ? inOrder(q, s, z) : chosen(q, s, z, chosen);
            full.read(from, count, target, at);
        };
    }

    private TensorData inOrder(TensorData q, TensorData s, TensorData z) {
        return new ScaledTensor(q, new long[] {outputs(), inputs()}, new long[] {1, inputs() / groups()}, s, z);
    }

    private TensorData chosen(TensorData q, TensorData s, TensorData z, int[] chosen) {
        return new ScaledTensor(
                q,
                new long[] {outputs(), inputs()},
                new long[] {1, 1},
                new GroupedTensor(s, (int) groups(), chosen),
                new GroupedTensor(z, (int) groups(), chosen));
    }

    /** The numbers of all words in turn, the lowest bits of each first: words are little-endian. */
    private TensorData unpacked(TensorEntry words, ModelBytes file, long dataStart) {
        long bytes = words.numbers() * Integer.BYTES;
        var stored = new StoredTensor(file, dataStart + words.begin(), bytes, ElementType.U8, ByteOrder.LITTLE_ENDIAN);
        return perWord() == 4 ? stored : new NibbleTensor(stored, NIBBLES);
    }
}

package io.weighbridge.hasher.format.safetensors;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.NibbleTensor;
import io.weighbridge.hasher.format.ScaledTensor;
import io.weighbridge.hasher.format.TensorData;
import io.weighbridge.hasher.format.WeightCollector;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Weights of which bitsandbytes packed two into a byte, the first into its upper half. Each half is an index into a table of 16 numbers, and each block of weights
 * has the absolute maximum that they are multiplied by; that may be packed into a byte itself.
 *
 * <pre>
 * weight                                    [numbers / 2, 1] bytes
 * weight.quant_state.bitsandbytes__nf4      text: {"shape": [..], "blocksize": 64, ...}, or __fp4
 * weight.quant_map                          [16]
 * weight.absmax                             [blocks], or bytes if there are the next two:
 * weight.nested_quant_map                   [256]
 * weight.nested_absmax                      [blocks / nested_blocksize], to which nested_offset is added behind the product
 * </pre>
 */
final class FourBitWeight {

    private static final String STATE = ".quant_state.bitsandbytes__";
    private static final int STEPS = 16;
    private static final int NESTED_STEPS = 256;
    private static final long MAX_STATE_BYTES = 1 << 12;

    private final TensorEntry packed;
    private final TensorEntry state;
    private final TensorEntry map;
    private final TensorEntry maxima;
    private final TensorEntry nestedMap;
    private final TensorEntry nestedMaxima;

    private FourBitWeight(TensorEntry packed, Map<String, TensorEntry> tensors) {
        var name = packed.name();
        this.packed = packed;
        this.state = tensors.getOrDefault(name + STATE + "nf4", tensors.get(name + STATE + "fp4"));
        this.map = tensors.get(name + ".quant_map");
        this.maxima = tensors.get(name + ".absmax");
        this.nestedMap = tensors.get(name + ".nested_quant_map");
        this.nestedMaxima = tensors.get(name + ".nested_absmax");
    }

    /** The weights that a tensor holds the halves of; null if it does not, or a tensor that they need is not beside it. */
    static FourBitWeight of(TensorEntry tensor, Map<String, TensorEntry> tensors) {
        var weight = new FourBitWeight(tensor, tensors);
        return weight.isWhole() ? weight : null;
    }

    /** The tensors beside it, which are no weights. */
    List<TensorEntry> helpers() {
        return Stream.of(state, map, maxima, nestedMap, nestedMaxima)
                .filter(tensor -> tensor != null)
                .toList();
    }

    private boolean isWhole() {
        boolean isNested = nestedMap != null && nestedMaxima != null;
        return packed.type().type() == ElementType.U8
                && state != null
                && state.type().type() == ElementType.U8
                && state.numbers() <= MAX_STATE_BYTES
                && isTable(map, STEPS)
                && maxima != null
                && (isNested
                        ? maxima.type().type() == ElementType.U8
                                && isTable(nestedMap, NESTED_STEPS)
                                && isFloating(nestedMaxima)
                        : isFloating(maxima));
    }

    private static boolean isTable(TensorEntry tensor, int steps) {
        return tensor != null && isFloating(tensor) && tensor.numbers() == steps;
    }

    private static boolean isFloating(TensorEntry tensor) {
        return tensor.type().type() != null && tensor.type().type().isFloating();
    }

    /** Adds the layer under the name of the packed tensor. */
    void addTo(WeightCollector collector, ModelBytes file, long dataStart) throws IOException {
        var text = file.read(dataStart + state.begin(), (int) state.numbers(), state.name());
        var quantised = FourBitState.read(state.name(), text.array());
        long numbers = quantised.numbers(packed.name());
        long blocks = (numbers - 1) / quantised.blockSize() + 1;
        if (numbers < 1 || (numbers + 1) / 2 != packed.numbers() || blocks != maxima.numbers()) {
            throw ModelFormatException.malformed("tensor " + packed.name() + ": expected " + (numbers + 1) / 2
                    + " bytes and " + blocks + " maxima, got " + packed.numbers() + " and " + maxima.numbers());
        }
        var halves = new NibbleTensor(swapped(packed.data(file, dataStart)), table(map, file, dataStart));
        var weights = new ScaledTensor(
                halves,
                new long[] {numbers},
                new long[] {quantised.blockSize()},
                maxima(quantised, file, dataStart),
                null);
        collector.addByShape(packed.name(), quantised.shape(), ElementType.F8_E4M3, weights);
    }

    private TensorData maxima(FourBitState quantised, ModelBytes file, long dataStart) throws IOException {
        var stored = maxima.data(file, dataStart);
        if (nestedMap == null || nestedMaxima == null) {
            return stored;
        }
        long size = quantised.nestedBlockSize();
        if ((maxima.numbers() - 1) / size + 1 != nestedMaxima.numbers()) {
            throw ModelFormatException.malformed("tensor " + nestedMaxima.name() + ": expected a number for each "
                    + size + " of " + maxima.numbers() + ", got " + nestedMaxima.numbers());
        }
        var meanings = table(nestedMap, file, dataStart);
        TensorData steps = (from, count, target, at) -> {
            stored.read(from, count, target, at);
            for (int i = at; i < at + count; i++) {
                target[i] = meanings[(int) target[i]];
            }
        };
        var products = new ScaledTensor(
                steps, new long[] {maxima.numbers()}, new long[] {size}, nestedMaxima.data(file, dataStart), null);
        return (from, count, target, at) -> {
            products.read(from, count, target, at);
            for (int i = at; i < at + count; i++) {
                target[i] += quantised.nestedOffset();
            }
        };
    }

    private static float[] table(TensorEntry tensor, ModelBytes file, long dataStart) throws IOException {
        var numbers = new float[(int) tensor.numbers()];
        tensor.data(file, dataStart).read(0, numbers.length, numbers, 0);
        return numbers;
    }

    /** Bytes with their halves exchanged: the first number is in the lower one then. */
    private static TensorData swapped(TensorData bytes) {
        return (from, count, target, at) -> {
            bytes.read(from, count, target, at);
            for (int i = at; i < at + count; i++) {
                int both = (int) target[i];
                target[i] = (both & 0xf) << 4 | both >> 4;
            }
        };
    }
}

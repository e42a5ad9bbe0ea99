package io.weighbridge.hasher.format.onnx;

import io.weighbridge.hasher.format.NegatedTensor;
import io.weighbridge.hasher.format.Shapes;
import io.weighbridge.hasher.format.TensorData;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What operators make of constants, as far as it costs little to say: parts, joins and choices of weights, and sums and products of two. The
 * numbers stay in the file.
 */
final class Folding {

    /** How many tensors a number may be computed from: a sum of sums doubles them. */
    private static final int MAX_WORK = 256;

    private static final int MAX_RESULTS = 1 << 16;

    /** One object for each thing that was made, by the name of the result and what it was made of. */
    private final Map<List<Object>, Object> made = new HashMap<>();

    /** The results of a node, in their order; empty if it is not followed. */
    List<Weight> results(OnnxNode node, Scope scope) throws IOException {
        var inputs = node.inputs().stream().map(scope::weight).toList();
        if (inputs.isEmpty()
                || inputs.get(0) == null
                || inputs.get(0).numbers() == 0
                || made.size() >= MAX_RESULTS
                || inputs.stream().anyMatch(input -> input != null && input.work() >= MAX_WORK)) {
            return List.of();
        }
        var first = inputs.get(0);
        if (node.operator().equals("Split")) {
            return split(node, first, scope);
        }
        var one = switch (node.operator()) {
            case "Flatten" -> Reshape.flattened(node, first);
            case "Squeeze" -> Reshape.squeezed(node, first, scope);
            case "Unsqueeze" -> Reshape.unsqueezed(node, first, scope);
            case "Concat" -> joined(node, scope);
            case "Slice" -> sliced(node, first, scope);
            case "Gather" -> chosen(node, first, scope);
            case "Neg" -> negated(node, first);
            case "Add" -> combined(node, first, second(inputs), Float::sum);
            case "Sub" -> combined(node, first, second(inputs), (a, b) -> a - b);
            case "Mul" -> combined(node, first, second(inputs), (a, b) -> a * b);
            case "Div" -> combined(node, first, second(inputs), (a, b) -> a / b);
            default -> null;
        };
        return one == null ? List.of() : List.of(one);
    }

    private static Weight second(List<Weight> inputs) {
        return inputs.size() == 2 ? inputs.get(1) : null;
    }

    private Weight joined(OnnxNode node, Scope scope) throws IOException {
        var parts = node.inputs().stream().map(scope::weight).toList();
        int axis = parts.contains(null)
                ? -1
                : axis(node.number("axis", 0), parts.get(0).rank());
        return axis < 0 ? null : joined(node.output(), parts, axis);
    }

    /** Weights one behind the other along an axis; null if they do not fit each other. */
    Weight joined(String name, List<Weight> parts, int axis) throws IOException {
        var shape = parts.get(0).shape();
        var rows = new long[parts.size()];
        long size = 0;
        for (int i = 0; i < rows.length; i++) {
            var other = parts.get(i).shape();
            if (other.length != shape.length || parts.get(i).numbers() == 0) {
                return null;
            }
            rows[i] = numbersFrom(other, axis);
            size = Math.addExact(size, other[axis]);
            other[axis] = shape[axis];
            if (!Arrays.equals(other, shape)) {
                return null;
            }
        }
        shape[axis] = size;
        int work = 1 + parts.stream().mapToInt(Weight::work).max().getAsInt();
        Shapes.numbers(name, shape);
        return made(name, parts, shape, work, () -> {
            var sources = new ArrayList<TensorData>();
            for (var part : parts) {
                sources.add(part.data());
            }
            return Arrangement.joined(sources, rows);
        });
    }

    private List<Weight> split(OnnxNode node, Weight weight, Scope scope) throws IOException {
        int axis = axis(node.number("axis", 0), weight.rank());
        var given = WholeNumbers.given(node, "split", 1, scope);
        if (axis < 0 || given == null) {
            return List.of();
        }
        long size = weight.shape()[axis];
        long count = node.outputs().size();
        long each = (size - 1) / count + 1;
        var sizes = given.isEmpty()
                ? LongStream.range(0, count)
                        .map(i -> Math.min(each, size - i * each))
                        .toArray()
                : given.stream().mapToLong(Long::longValue).toArray();
        if (sizes.length != count
                || LongStream.of(sizes).anyMatch(part -> part <= 0 || part > size)
                || LongStream.of(sizes).sum() != size) {
            return List.of();
        }
        var parts = new ArrayList<Weight>();
        long start = 0;
        for (int i = 0; i < sizes.length; i++) {
            parts.add(part(node.outputs().get(i), weight, axis, start, sizes[i], 1));
            start += sizes[i];
        }
        return parts;
    }

    private Weight sliced(OnnxNode node, Weight weight, Scope scope) throws IOException {
        var starts = WholeNumbers.given(node, "starts", 1, scope);
        var ends = WholeNumbers.given(node, "ends", 2, scope);
        var axes = WholeNumbers.given(node, "axes", 3, scope);
        var steps = WholeNumbers.given(node, "steps", 4, scope);
        if (starts == null || ends == null || axes == null || steps == null || starts.size() != ends.size()) {
            return null;
        }
        var part = weight;
        for (int i = 0; i < starts.size(); i++) {
            int axis = axis(axes.isEmpty() ? i : i < axes.size() ? axes.get(i) : -1 - weight.rank(), weight.rank());
            long step = steps.isEmpty() ? 1 : i < steps.size() ? steps.get(i) : 0;
            if (axis < 0 || step <= 0) {
                return null;
            }
            long size = part.shape()[axis];
            long start = within(starts.get(i), size);
            long end = within(ends.get(i), size);
            if (start >= end) {
                return null;
            }
            if (start > 0 || end < size || step > 1) {
                part = part(node.output(), part, axis, start, (end - start - 1) / step + 1, step);
            }
        }
        return part;
    }

    /** An index that may be counted from the end, held to 0 to size. */
    private static long within(long index, long size) {
        return Math.max(0, Math.min(size, index < 0 ? index + size : index));
    }

    private Weight chosen(OnnxNode node, Weight weight, Scope scope) throws IOException {
        int axis = axis(node.number("axis", 0), weight.rank());
        var choice = scope.weight(node.input(1));
        var list = WholeNumbers.of(choice);
        if (axis < 0 || list == null || list.isEmpty()) {
            return null;
        }
        var shape = weight.shape();
        long size = shape[axis];
        var indices = list.stream().mapToLong(i -> i < 0 ? i + size : i).toArray();
        if (LongStream.of(indices).anyMatch(i -> i < 0 || i >= size) || size > WholeNumbers.EXACT) {
            return null;
        }
        long inner = numbersFrom(shape, axis) / size;
        var result = LongStream.concat(
                        LongStream.concat(LongStream.of(shape).limit(axis), LongStream.of(choice.shape())),
                        LongStream.of(shape).skip(axis + 1))
                .toArray();
        Shapes.numbers(node.output(), result);
        var places = LongStream.of(indices).mapToInt(i -> (int) i).toArray();
        return made(
                List.of(node.output(), choice.key()),
                node.output(),
                List.of(weight),
                result,
                weight.work() + 1,
                () -> Arrangement.chosen(weight.data(), size, inner, places));
    }

    private Weight negated(OnnxNode node, Weight weight) {
        return made(
                node.output(),
                List.of(weight),
                weight.shape(),
                weight.work() + 1,
                () -> new NegatedTensor(weight.data()));
    }

    /** @param other null if the node has another number of inputs, or one that is no constant */
    private Weight combined(OnnxNode node, Weight one, Weight other, Arrangement.Operation operation)
            throws IOException {
        if (other == null || other.numbers() == 0 || !one.isReal() || !other.isReal()) {
            return null;
        }
        var shape = Arrangement.common(one.shape(), other.shape());
        if (shape == null || one.work() + other.work() > MAX_WORK) {
            return null;
        }
        Shapes.numbers(node.output(), shape);
        return made(
                node.output(),
                List.of(one, other),
                shape,
                one.work() + other.work(),
                () -> Arrangement.combined(
                        Arrangement.repeated(one.data(), one.shape(), shape),
                        Arrangement.repeated(other.data(), other.shape(), shape),
                        operation));
    }

    /** A part of a weight along an axis, of which {@code count} indices are taken. */
    Weight part(String name, Weight weight, int axis, long start, long count, long step) {
        var shape = weight.shape();
        var wanted = shape.clone();
        wanted[axis] = count;
        return made(
                name + (step == 1 ? "" : ":" + step) + "[" + axis + "," + start + "," + count + "]",
                name,
                List.of(weight),
                wanted,
                weight.work() + 1,
                () -> Arrangement.part(weight.data(), shape, axis, start, count, step));
    }

    private Weight made(String name, List<Weight> parts, long[] shape, int work, Weight.Source source) {
        return made(name, name, parts, shape, work, source);
    }

    /** @param place what tells this result of the parts from others */
    private Weight made(Object place, String name, List<Weight> parts, long[] shape, int work, Weight.Source source) {
        var from = new ArrayList<Object>();
        from.add(place);
        parts.forEach(part -> from.add(part.key()));
        var key = made.computeIfAbsent(from, any -> new Object());
        return Weight.made(name, key, parts, work, shape, source);
    }

    /** Counted from the end if it is negative; -1 if there is no such axis. */
    private static int axis(long axis, int rank) {
        long from = axis < 0 ? axis + rank : axis;
        return from < 0 || from >= rank ? -1 : (int) from;
    }

    private static long numbersFrom(long[] shape, int axis) {
        return Arrays.stream(shape).skip(axis).reduce(1, (one, other) -> one * other);
    }
}

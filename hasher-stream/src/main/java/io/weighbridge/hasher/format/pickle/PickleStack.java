package io.weighbridge.hasher.format.pickle;

import io.weighbridge.hasher.format.ModelFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stack, marks and memo of a pickle machine. */
final class PickleStack {

    private final PickleInput input;
    private final List<Object> values = new ArrayList<>();
    private final List<Integer> marks = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();

    PickleStack(PickleInput input) {
        this.input = input;
    }

    void push(Object value) {
        values.add(value);
    }

    Object pop() throws ModelFormatException {
        top();
        return values.remove(values.size() - 1);
    }

    Object top() throws ModelFormatException {
        int floor = marks.isEmpty() ? 0 : marks.get(marks.size() - 1);
        if (values.size() <= floor) {
            throw input.malformed("the stack is empty");
        }
        return values.get(values.size() - 1);
    }

    void mark() {
        marks.add(values.size());
    }

    /** Takes everything above the last mark, and the mark. */
    List<Object> popMark() throws ModelFormatException {
        if (marks.isEmpty()) {
            throw input.malformed("there is no mark");
        }
        int floor = marks.remove(marks.size() - 1);
        var above = values.subList(floor, values.size());
        var taken = new ArrayList<>(above);
        above.clear();
        return taken;
    }

    /** Takes the last {@code count} values, in the order they were pushed. */
    PySequence popTuple(int count) throws ModelFormatException {
        var taken = new Object[count];
        for (int i = count - 1; i >= 0; i--) {
            taken[i] = pop();
        }
        return new PySequence(List.of(taken));
    }

    /** {@code POP} takes the last value, or the mark if it is on top. */
    void drop() throws ModelFormatException {
        if (!marks.isEmpty() && marks.get(marks.size() - 1) == values.size()) {
            marks.remove(marks.size() - 1);
        } else {
            pop();
        }
    }

    void put(long index) throws ModelFormatException {
        memo.put(index, top());
    }

    void memoize() throws ModelFormatException {
        put(memo.size());
    }

    void get(long index) throws ModelFormatException {
        var value = memo.get(index);
        if (value == null) {
            throw input.malformed("memo " + index + " is not set");
        }
        push(value);
    }
}

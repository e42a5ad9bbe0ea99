package io.weighbridge.hasher.format.pickle;

import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.util.List;

/**
 * Reads a pickle, protocols 0 to 5, as data.
 *
 * <p>A pickle is a program that may call any function of Python. This machine knows the values of the program, and a fixed list of
 * callables whose results it can describe (Python's own, and {@link KnownCalls}); the result of any other is an inert {@link PyObject}. It has no loops, so
 * it ends after at most as many steps as the pickle has bytes; {@link PickleRun} bounds them further.
 */
public final class PickleMachine {

    private final PickleInput input;
    private final PickleStack stack;
    private final PersistentIds persistent;
    private final KnownCalls known;

    public PickleMachine(PickleInput input, PersistentIds persistent, KnownCalls known) {
        this.input = input;
        this.stack = new PickleStack(input);
        this.persistent = persistent;
        this.known = known;
    }

    /** The value that the next pickle of the input describes, which refers to nothing outside of it and makes nothing but Python's own values. */
    public static Object load(PickleInput input) throws IOException {
        return load(input, PersistentIds.NONE, KnownCalls.NONE);
    }

    /**
     * The value that the next pickle of the input describes.
     *
     * @throws ModelFormatException if it is no pickle, or beyond the limits of its {@link PickleRun}; names what it would have called
     */
    public static Object load(PickleInput input, PersistentIds persistent, KnownCalls known) throws IOException {
        try {
            var machine = new PickleMachine(input, persistent, known);
            while (machine.step()) {}
            return machine.stack.pop();
        } catch (ModelFormatException e) {
            throw input.run().hasNotRun() ? e.in(input.run().callsNotRun()) : e;
        }
    }

    /** Executes one opcode; false if it was the last. */
    public boolean step() throws IOException {
        input.run().step(1);
        int opcode = input.opcode();
        if (opcode == '.') {
            return false;
        }
        if (!number(opcode) && !text(opcode) && !memo(opcode) && !container(opcode) && !object(opcode)) {
            throw input.malformed("unknown pickle opcode 0x" + Integer.toHexString(opcode));
        }
        return true;
    }

    private boolean number(int opcode) throws IOException {
        switch (opcode) {
            case 'N' -> stack.push(Opaque.VALUE);
            case 0x88 -> stack.push(true);
            case 0x89 -> stack.push(false);
            case 'I', 'L' -> stack.push(input.decimal());
            case 'J' -> stack.push((long) input.i32());
            case 'K' -> stack.push((long) input.u8());
            case 'M' -> stack.push((long) input.u16());
            case 0x8a -> stack.push(input.integer(input.u8()));
            case 0x8b -> stack.push(input.integer(input.i32()));
            case 'F' -> stack.push(decimalFraction(input.line()));
            case 'G' -> stack.push(input.float64());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean text(int opcode) throws IOException {
        switch (opcode) {
            case 'S' -> stack.push(input.lineOfQuotedText());
            case 'V' -> stack.push(input.lineOfText(TextCoding.RAW_UNICODE));
            case 'U' -> stack.push(input.text(input.u8(), TextCoding.LATIN1));
            case 'T' -> stack.push(input.text(input.i32(), TextCoding.LATIN1));
            case 0x8c -> stack.push(input.text(input.u8(), TextCoding.UTF8));
            case 'X' -> stack.push(input.text(input.u32(), TextCoding.UTF8));
            case 0x8d -> stack.push(input.text(input.i64(), TextCoding.UTF8));
            case 'C' -> stack.push(new PyBytes(input.take(input.u8())));
            case 'B' -> stack.push(new PyBytes(input.take(input.u32())));
            case 0x8e, 0x96 -> stack.push(new PyBytes(input.take(input.i64())));
            case 0x97 ->
                throw ModelFormatException.unsupported(
                        "a buffer that is kept outside of the pickle" + input.where() + " is not read");
            case 0x98 -> stack.top();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memo(int opcode) throws IOException {
        switch (opcode) {
            case 0x80 -> protocol(input.u8());
            case 0x95 -> input.i64();
            case '(' -> stack.mark();
            case '0' -> stack.drop();
            case '1' -> stack.popMark();
            case '2' -> stack.push(stack.top());
            case 'p' -> stack.put(index(input.decimal()));
            case 'q' -> stack.put(input.u8());
            case 'r' -> stack.put(input.u32());
            case 0x94 -> stack.memoize();
            case 'g' -> stack.get(index(input.decimal()));
            case 'h' -> stack.get(input.u8());
            case 'j' -> stack.get(input.u32());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) throws IOException {
        switch (opcode) {
            case ']', ')', 0x8f -> stack.push(new PySequence(List.of()));
            case '}' -> stack.push(new PyDict());
            case 'l', 't', 0x91 -> stack.push(new PySequence(stack.popMark()));
            case 0x85, 0x86, 0x87 -> stack.push(stack.popTuple(opcode - 0x84));
            case 'd' -> {
                var pairs = stack.popMark();
                stack.push(new PyDict());
                setItems(pairs);
            }
            case 'a' -> append(List.of(stack.pop()));
            case 'e', 0x90 -> append(stack.popMark());
            case 's' -> setItems(stack.popTuple(2).items());
            case 'u' -> setItems(stack.popMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean object(int opcode) throws IOException {
        switch (opcode) {
            case 'c' -> stack.push(new PyGlobal(input.line(), input.line()));
            case 0x93 -> stackGlobal();
            case 'R' -> {
                var arguments = stack.pop();
                call(stack.pop(), arguments);
            }
            case 0x81 -> {
                var arguments = stack.pop();
                stack.push(Callables.make(stack.pop(), arguments, known, input));
            }
            case 0x92 -> {
                var parts = stack.popTuple(3);
                stack.push(Callables.make(parts.get(0), parts.get(1), known, input));
            }
            case 'i' -> {
                var global = new PyGlobal(input.line(), input.line());
                call(global, new PySequence(stack.popMark()));
            }
            case 'o' -> {
                var parts = stack.popMark();
                var callable = parts.isEmpty() ? Opaque.VALUE : parts.remove(0);
                call(callable, new PySequence(parts));
            }
            case 'b' -> build(stack.pop());
            case 'Q' -> stack.push(persistent.load(stack.pop(), input));
            case 'P' -> stack.push(persistent.load(input.line(), input));
            case 0x82 -> extension(input.u8());
            case 0x83 -> extension(input.u16());
            case 0x84 -> extension(input.i32());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void protocol(int version) throws IOException {
        if (version > 5) {
            throw ModelFormatException.unsupported("pickle protocol " + version + " is not read");
        }
    }

    private static Object decimalFraction(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Opaque.VALUE;
        }
    }

    private void call(Object callable, Object arguments) throws IOException {
        var result = Callables.make(callable, arguments, known, input);
        if (result instanceof PyObject && callable instanceof PyGlobal global && !Callables.isHarmless(global)) {
            input.run().notRun(global);
        }
        stack.push(result);
    }

    private void extension(int code) throws IOException {
        throw ModelFormatException.unsupported("pickle extension code " + code + input.where() + " is not read");
    }

    private void stackGlobal() throws IOException {
        if (!(stack.pop() instanceof String name) || !(stack.pop() instanceof String module)) {
            throw input.malformed("expected module and name of a global");
        }
        stack.push(new PyGlobal(module, name));
    }

    private void append(List<Object> items) throws IOException {
        var target = stack.top();
        if (target instanceof PySequence sequence) {
            sequence.items().addAll(items);
        } else if (target instanceof PyObject object) {
            object.items().items().addAll(items);
        } else {
            throw input.malformed("expected a list to append to");
        }
    }

    private void setItems(List<Object> pairs) throws IOException {
        var target = stack.top();
        var dict = target instanceof PyObject object ? object.entries() : target;
        if (!(dict instanceof PyDict entries) || pairs.size() % 2 != 0) {
            throw input.malformed("expected a dictionary and pairs to put into it");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            entries.put(pairs.get(i), pairs.get(i + 1));
        }
    }

    /** Other values keep no state: what hangs on a dictionary or tensor is no tensor of the model. */
    private void build(Object state) throws IOException {
        if (stack.top() instanceof Buildable value) {
            value.build(state, input);
        }
    }

    private long index(Object decimal) throws IOException {
        if (decimal instanceof Long index && index >= 0) {
            return index;
        }
        throw input.malformed("expected a memo index");
    }
}

package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelFormatException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Reads a pickle, protocols 0 to 5, as data.
 *
 * <p>A pickle is a program that may call any function of Python. This machine knows the values of the program, and a fixed list of
 * callables whose results it can describe ({@link Callables}); the result of any other is an inert {@link PyObject}. It has no loops, so
 * it ends after at most as many steps as the pickle has bytes.
 */
final class PickleMachine {

    private final PickleInput input;
    private final PickleStack stack;
    private final long maxSteps;

    /** Fails after {@code maxSteps} opcodes, each of which makes at most one value. */
    PickleMachine(ByteBuffer pickle, long maxSteps) {
        this.input = new PickleInput(pickle);
        this.stack = new PickleStack(input);
        this.maxSteps = maxSteps;
    }

    /** The value that the pickle describes. */
    Object load() throws ModelFormatException {
        for (long step = 0; step < maxSteps; step++) {
            int opcode = input.opcode();
            if (opcode == '.') {
                return stack.pop();
            }
            if (!number(opcode) && !text(opcode) && !memo(opcode) && !container(opcode) && !object(opcode)) {
                throw input.malformed("unknown pickle opcode 0x" + Integer.toHexString(opcode));
            }
        }
        throw ModelFormatException.tooLarge("pickle: more than " + maxSteps + " opcodes, too many for maxTensors");
    }

    private boolean number(int opcode) throws ModelFormatException {
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
            case 'F' -> opaque(input.line().length(), false);
            case 'G' -> stack.push(input.float64());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean text(int opcode) throws ModelFormatException {
        switch (opcode) {
            case 'S' -> stack.push(unquoted(input.line()));
            case 'V' -> stack.push(input.line());
            case 'U', 0x8c -> stack.push(input.utf8(input.u8()));
            case 'T' -> stack.push(input.utf8(input.i32()));
            case 'X' -> stack.push(input.utf8(Integer.toUnsignedLong(input.i32())));
            case 0x8d -> stack.push(input.utf8(input.i64()));
            case 'C' -> opaque(input.u8(), true);
            case 'B' -> opaque(Integer.toUnsignedLong(input.i32()), true);
            case 0x8e, 0x96 -> opaque(input.i64(), true);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean memo(int opcode) throws ModelFormatException {
        switch (opcode) {
            case 0x80 -> protocol(input.u8());
            case 0x95 -> input.i64();
            case '(' -> stack.mark();
            case '0' -> stack.drop();
            case '1' -> stack.popMark();
            case '2' -> stack.push(stack.top());
            case 'p' -> stack.put(index(input.decimal()));
            case 'q' -> stack.put(input.u8());
            case 'r' -> stack.put(Integer.toUnsignedLong(input.i32()));
            case 0x94 -> stack.memoize();
            case 'g' -> stack.get(index(input.decimal()));
            case 'h' -> stack.get(input.u8());
            case 'j' -> stack.get(Integer.toUnsignedLong(input.i32()));
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) throws ModelFormatException {
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

    private boolean object(int opcode) throws ModelFormatException {
        switch (opcode) {
            case 'c' -> stack.push(new PyGlobal(input.line(), input.line()));
            case 0x93 -> stackGlobal();
            case 'R', 0x81 -> {
                var arguments = stack.pop();
                stack.push(Callables.call(stack.pop(), arguments, input));
            }
            case 0x92 -> stack.push(new PyObject(stack.popTuple(3)));
            case 'i' -> {
                var global = new PyGlobal(input.line(), input.line());
                stack.push(Callables.call(global, new PySequence(stack.popMark()), input));
            }
            case 'o' -> stack.push(new PyObject(new PySequence(stack.popMark())));
            case 'b' -> build(stack.pop());
            case 'Q' -> stack.push(PyStorage.of(stack.pop(), input));
            case 'P' -> opaque(input.line().length(), false);
            case 0x82 -> extension(input.u8());
            case 0x83 -> extension(input.u16());
            case 0x84 -> extension(input.i32());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void protocol(int version) throws ModelFormatException {
        if (version > 5) {
            throw ModelFormatException.unsupported("pickle protocol " + version + " is not read");
        }
    }

    /** A value of which only the presence matters. */
    private void opaque(long length, boolean follows) throws ModelFormatException {
        if (follows) {
            input.skip(length);
        }
        stack.push(Opaque.VALUE);
    }

    private void extension(int code) throws ModelFormatException {
        throw ModelFormatException.unsupported("pickle extension code " + code + input.where() + " is not read");
    }

    private void stackGlobal() throws ModelFormatException {
        if (!(stack.pop() instanceof String name) || !(stack.pop() instanceof String module)) {
            throw input.malformed("expected module and name of a global");
        }
        stack.push(new PyGlobal(module, name));
    }

    private void append(List<Object> items) throws ModelFormatException {
        var target = stack.top();
        if (target instanceof PySequence sequence) {
            sequence.items().addAll(items);
        } else if (target instanceof PyObject object) {
            object.items().items().addAll(items);
        } else {
            throw input.malformed("expected a list to append to");
        }
    }

    private void setItems(List<Object> pairs) throws ModelFormatException {
        var target = stack.top();
        var dict = target instanceof PyObject object ? object.entries() : target;
        if (!(dict instanceof PyDict entries) || pairs.size() % 2 != 0) {
            throw input.malformed("expected a dictionary and pairs to put into it");
        }
        for (int i = 0; i < pairs.size(); i += 2) {
            entries.put(pairs.get(i), pairs.get(i + 1));
        }
    }

    /** Other values than objects keep no state: what hangs on a dictionary or tensor is no tensor of the model. */
    private void build(Object state) throws ModelFormatException {
        if (stack.top() instanceof PyObject object) {
            object.build(state);
        }
    }

    private long index(Object decimal) throws ModelFormatException {
        if (decimal instanceof Long index && index >= 0) {
            return index;
        }
        throw input.malformed("expected a memo index");
    }

    private static String unquoted(String text) {
        boolean isQuoted = text.length() >= 2 && (text.charAt(0) == '\'' || text.charAt(0) == '"');
        return isQuoted ? text.substring(1, text.length() - 1) : text;
    }
}

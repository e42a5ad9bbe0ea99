package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.pickle.PersistentIds;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PickleMachine;
import io.weighbridge.hasher.format.pickle.PickleRun;
import io.weighbridge.hasher.format.pickle.Slice;
import java.io.IOException;

/**
 * A bare pickle of arrays or tensors. Protocols 2 to 5 say so in their first two bytes. Protocols 0 and 1 have no magic number, so a file
 * whose first bytes run as a pickle is one; formats that can be told for sure are asked before.
 */
public final class PickleFormat implements ModelFormat {

    private static final int PEEK_BYTES = 1 << 13;
    private static final int MAX_PROTOCOL = 5;

    /** So many opcodes in a row are no accident: each has to find what it needs on the stack. */
    private static final int TELLING_STEPS = 16;

    @Override
    public String id() {
        return "pickle";
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        var start = file.peek(0, PEEK_BYTES);
        if (start.remaining() < 2) {
            return false;
        }
        if ((start.get(0) & 0xff) == 0x80) {
            return start.get(1) >= 0 && start.get(1) <= MAX_PROTOCOL;
        }
        return runs(new Slice(file, 0, start.remaining()), limits);
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var run = new PickleRun(limits);
        var input = new PickleInput(file, "the file", run);
        var root = PickleMachine.load(input, PersistentIds.NONE, ArrayCalls::make);
        input.expectEnd();
        return UnpickledModel.read(id(), root, file, run);
    }

    /** Whether the first opcodes run: many, or all that there are. */
    private static boolean runs(Slice start, ReadLimits limits) throws IOException {
        var input = new PickleInput(start, "the file", new PickleRun(limits));
        var machine = new PickleMachine(input, PersistentIds.NONE, ArrayCalls::make);
        try {
            int steps = 1;
            while (steps < TELLING_STEPS && machine.step()) {
                steps++;
            }
            return steps > 1;
        } catch (ModelFormatException e) {
            return false;
        }
    }
}

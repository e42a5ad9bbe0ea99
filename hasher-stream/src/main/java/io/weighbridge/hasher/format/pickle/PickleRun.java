package io.weighbridge.hasher.format.pickle;

import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import java.util.LinkedHashSet;
import java.util.Set;

/** What reading the pickles of one file has taken so far, and the calls in them that were not made. */
public final class PickleRun {

    /** A tensor takes about 40 opcodes, and as many again if its storage is a file of its own. */
    private static final long STEPS_PER_TENSOR = 128;

    private static final long FREE_STEPS = 100_000;

    /** Files in files: PyTorch writes one level. */
    private static final int MAX_NESTED = 4;

    private static final int MAX_NAMED = 8;

    private final ReadLimits limits;
    private final long maxSteps;
    private final Set<String> notRun = new LinkedHashSet<>();
    private boolean hasMoreNotRun;
    private long steps;
    private long heldBytes;
    private int nested;

    public PickleRun(ReadLimits limits) {
        this.limits = limits;
        this.maxSteps = limits.maxTensors() * STEPS_PER_TENSOR + FREE_STEPS;
    }

    public ReadLimits limits() {
        return limits;
    }

    /** Takes {@code count} steps: opcodes, and values copied by one opcode beyond the first. */
    public void step(long count) throws ModelFormatException {
        steps += count;
        if (steps > maxSteps) {
            throw ModelFormatException.tooLarge(
                    "pickle: more than " + maxSteps + " opcodes, too many for maxTensors = " + limits.maxTensors());
        }
    }

    /** Holds text in memory. */
    public void hold(long bytes) throws ModelFormatException {
        heldBytes += bytes;
        if (heldBytes > limits.maxHeaderBytes()) {
            throw ModelFormatException.tooLarge("pickle: more text than maxHeaderBytes = " + limits.maxHeaderBytes());
        }
    }

    /** Enters a file that is a value of a pickle. */
    public void enter() throws ModelFormatException {
        if (nested == MAX_NESTED) {
            throw ModelFormatException.tooLarge("pickle: files nested more than " + MAX_NESTED + " deep");
        }
        nested++;
    }

    public void leave() {
        nested--;
    }

    public void notRun(PyGlobal callable) {
        if (notRun.size() < MAX_NAMED) {
            notRun.add(callable.toString());
        } else if (!notRun.contains(callable.toString())) {
            hasMoreNotRun = true;
        }
    }

    boolean hasNotRun() {
        return !notRun.isEmpty();
    }

    /** What the pickles would have called, e.g. {@code calls posix.system, which was not run}; empty if nothing. */
    public String callsNotRun() {
        if (notRun.isEmpty()) {
            return "";
        }
        var others = hasMoreNotRun ? " and others" : "";
        var verb = notRun.size() == 1 && !hasMoreNotRun ? "was" : "were";
        return "calls " + String.join(", ", notRun) + others + ", which " + verb + " not run";
    }
}

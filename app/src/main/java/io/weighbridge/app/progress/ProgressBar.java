package io.weighbridge.app.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells how far a long step is, how fast it goes and how long it will take: a bar that moves on a terminal; elsewhere a line now and then, and one at the
 * end. One step at a time.
 */
public final class ProgressBar implements Progress {

    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration LINE = Duration.ofSeconds(30);
    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean isTerminal;
    private final LongSupplier nanos;
    private String step = "";
    private int total;
    private int done;
    private int worked;
    private long startedAt;
    private long shownAt;
    private int shownLength;

    public ProgressBar(PrintStream out, boolean isTerminal) {
        this(out, isTerminal, System::nanoTime);
    }

    ProgressBar(PrintStream out, boolean isTerminal, LongSupplier nanos) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.nanos = nanos;
    }

    /** Begins a step, by the name given, of so many things. */
    public synchronized void start(String name, int things) {
        step = name;
        total = things;
        done = 0;
        worked = 0;
        startedAt = nanos.getAsLong();
        shownAt = startedAt;
        shownLength = 0;
    }

    /** Some things were done; a negative number if some must be done again. */
    public synchronized void advance(int things) {
        worked += things;
        skip(things);
    }

    /** Some things were done already: they do not count for the rate. */
    public synchronized void skip(int things) {
        done += things;
        long now = nanos.getAsLong();
        if (now - shownAt < (isTerminal ? REDRAW : LINE).toNanos()) return;
        shownAt = now;
        show(now);
    }

    /** The step is over. */
    public synchronized void end() {
        show(nanos.getAsLong());
        if (isTerminal) out.println();
        step = "";
    }

    /** Begins a step when it is first heard of, and ends it when all is done. */
    @Override
    public synchronized void at(String name, int reached, int things) {
        if (name.equals(step)) {
            advance(reached - done);
        } else {
            start(name, things);
            skip(reached);
        }
        if (reached == things) end();
    }

    private void show(long now) {
        var text = String.format(Locale.ROOT, "%s: %d of %d%s", step, done, total, pace(now));
        if (!isTerminal) {
            out.println(text);
            return;
        }
        int filled = total == 0 ? WIDTH : (int) ((long) WIDTH * done / total);
        // What is left of a longer line is overwritten.
        String rest = " ".repeat(Math.max(0, shownLength - text.length()));
        shownLength = text.length();
        out.print("\r[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + text + rest);
        out.flush();
    }

    private String pace(long now) {
        if (worked <= 0 || now <= startedAt || done == total) return "";
        double nanosEach = (double) (now - startedAt) / worked;
        long seconds = Duration.ofNanos((long) (nanosEach * (total - done))).toSeconds();
        return String.format(
                Locale.ROOT, ", %s, about %d:%02d left", rate(1e9 / nanosEach), seconds / 60, seconds % 60);
    }

    private static String rate(double aSecond) {
        return aSecond >= 1
                ? String.format(Locale.ROOT, "%.1f a second", aSecond)
                : String.format(Locale.ROOT, "%.1f a minute", aSecond * 60);
    }
}

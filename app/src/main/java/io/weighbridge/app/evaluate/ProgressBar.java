package io.weighbridge.app.evaluate.library;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells how far a library is: a bar that moves on a terminal, a line now and then elsewhere. */
public final class LibraryProgress {

    private static final Duration REDRAW = Duration.ofMillis(200);
    private static final Duration LINE = Duration.ofSeconds(30);
    private static final int WIDTH = 30;

    private final PrintStream out;
    private final boolean isTerminal;
    private final LongSupplier nanos;
    private int total;
    private int done;
    private int worked;
    private long startedAt;
    private long shownAt;

    public LibraryProgress(PrintStream out, boolean isTerminal) {
        this(out, isTerminal, System::nanoTime);
    }

    LibraryProgress(PrintStream out, boolean isTerminal, LongSupplier nanos) {
        this.out = out;
        this.isTerminal = isTerminal;
        this.nanos = nanos;
    }

    synchronized void start(int models) {
        total = models;
        startedAt = nanos.getAsLong();
        shownAt = startedAt;
    }

    /** Some models were made. */
    synchronized void advance(int models) {
        worked += models;
        skip(models);
    }

    /** Some models were there already. */
    synchronized void skip(int models) {
        done += models;
        long now = nanos.getAsLong();
        if (now - shownAt < (isTerminal ? REDRAW : LINE).toNanos()) return;
        shownAt = now;
        show(now);
    }

    synchronized void end() {
        if (isTerminal) {
            show(nanos.getAsLong());
            out.println();
        }
    }

    private void show(long now) {
        var text = String.format(Locale.ROOT, "%d of %d models%s", done, total, left(now));
        if (!isTerminal) {
            out.println(text);
            return;
        }
        int filled = total == 0 ? WIDTH : (int) ((long) WIDTH * done / total);
        out.print("\r[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + text + "   ");
        out.flush();
    }

    private String left(long now) {
        if (worked == 0 || done == total) return "";
        long seconds =
                Duration.ofNanos((now - startedAt) / worked * (total - done)).toSeconds();
        return String.format(Locale.ROOT, ", about %d:%02d left", seconds / 60, seconds % 60);
    }
}

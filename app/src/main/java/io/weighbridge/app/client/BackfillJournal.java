package io.weighbridge.app.client;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;

/** A file that remembers what was published, a line each, so that a backfill that was broken off goes on where it stopped. */
public final class BackfillJournal implements AutoCloseable {

    private final Set<String> done;
    private final Writer writer;

    private BackfillJournal(Set<String> done, Writer writer) {
        this.done = done;
        this.writer = writer;
    }

    /**
     * Opens it, and makes it if it is not there.
     *
     * @throws IOException if it cannot be read or written
     */
    public static BackfillJournal open(Path file) throws IOException {
        Set<String> done =
                Files.exists(file) ? new HashSet<>(Files.readAllLines(file, StandardCharsets.UTF_8)) : new HashSet<>();
        return new BackfillJournal(
                done,
                Files.newBufferedWriter(
                        file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** One that remembers nothing beyond the process. */
    public static BackfillJournal none() {
        return new BackfillJournal(new HashSet<>(), Writer.nullWriter());
    }

    /** Whether it was published before. */
    public boolean isDone(String what) {
        return done.contains(what);
    }

    /** Remembers that it was published. */
    public void add(String what) throws IOException {
        if (done.add(what)) {
            writer.write(what + "\n");
            writer.flush();
        }
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}

package io.weighbridge.app.cli.client;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A file that is there whole or not at all: it is written under another name, and takes its own, and the place of an older one, at the end. */
final class ExportFile implements AutoCloseable {

    private final Path file;
    private final Path unfinished;

    ExportFile(Path file) throws IOException {
        this.file = file.toAbsolutePath();
        unfinished = Files.createTempFile(this.file.getParent(), "." + file.getFileName() + "-", ".tmp");
    }

    /** In UTF-8; the caller closes it. */
    Writer writer() throws IOException {
        return Files.newBufferedWriter(unfinished);
    }

    /** Call once everything is written. */
    void finish() throws IOException {
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes what was not finished. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(unfinished);
    }
}

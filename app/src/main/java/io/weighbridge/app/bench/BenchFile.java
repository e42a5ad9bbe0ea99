package io.weighbridge.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A model to be read.
 *
 * @param main the file to begin with
 * @param all the files that hold it, the first among them
 */
record BenchFile(Path main, List<Path> all) {

    BenchFile {
        all = List.copyOf(all);
    }

    /** A model in one file. */
    static BenchFile of(Path only) {
        return new BenchFile(only, List.of(only));
    }

    String name() {
        return main.getFileName().toString();
    }

    /** Of all files. */
    long sizeBytes() throws IOException {
        long bytes = 0;
        for (var file : all) {
            bytes += Files.size(file);
        }
        return bytes;
    }
}

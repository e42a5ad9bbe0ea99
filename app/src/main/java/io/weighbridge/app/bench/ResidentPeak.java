package io.weighbridge.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** The most memory of this process that was resident since it was last reset, by Linux's count ({@code VmHWM}); other systems do not tell. */
final class ResidentPeak {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");
    private static final String PEAK = "VmHWM:";
    private static final int KIB = 1024;

    private ResidentPeak() {}

    /** Starts again; where that is not allowed, the count goes on. */
    static void reset() {
        try {
            if (Files.isWritable(RESET)) {
                Files.writeString(RESET, "5"); // proc(5): resets the peak resident set size
            }
        } catch (IOException e) {
            // the figure is then that of the whole process, which is more
        }
    }

    /** In bytes; empty if the system does not tell. */
    static OptionalLong bytes() throws IOException {
        if (!Files.isReadable(STATUS)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(PEAK))
                    .mapToLong(line -> KIB * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        }
    }
}

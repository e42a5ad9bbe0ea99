package io.weighbridge.app.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether this processor has instructions for SHA-256, as Linux tells. */
final class DigestInstructions {

    static final String UNKNOWN = "unknown";

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private static final Pattern FLAG = Pattern.compile("\\b(sha_ni|sha2)\\b");

    private DigestInstructions() {}

    /** {@code sha_ni} (x86), {@code sha2} (Arm), or {@code unknown}. */
    static String detect() {
        try {
            return of(Files.readAllLines(CPU_INFO));
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    static String of(List<String> cpuInfo) {
        return cpuInfo.stream()
                .filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                .findFirst()
                .map(FLAG::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .orElse(UNKNOWN);
    }
}

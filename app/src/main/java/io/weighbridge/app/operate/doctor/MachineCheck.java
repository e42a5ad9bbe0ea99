package io.weighbridge.app.operate.doctor;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The machine and its Java, as this process has them; a role's process may have other limits. */
record MachineCheck(Settings settings, Path data) {

    private static final long FEW_FILES = 16_384;
    private static final long MIB = 1 << 20;

    void examine(Consumer<Finding> told) {
        var findings = new Findings("machine", told);
        examineMemory(findings);
        examineFiles(findings);
        examineTemporaryFolder(findings);
    }

    private static void examineMemory(Findings findings) {
        long heap = Runtime.getRuntime().maxMemory() / MIB;
        var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long memory = system.getTotalMemorySize() / MIB;
        String text = "Java " + Runtime.version() + ", " + Runtime.getRuntime().availableProcessors()
                + " processors, heap " + heap + " of " + memory + " MiB";
        if (heap > memory * 9 / 10) {
            findings.warn(text, "leave memory for RocksDB and file caches: set -Xmx in WEIGHBRIDGE_JAVA_OPTS");
        } else {
            findings.ok(text);
        }
    }

    /** State stores and connections are open files. */
    private static void examineFiles(Findings findings) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix) {
            long most = unix.getMaxFileDescriptorCount();
            if (most < FEW_FILES) {
                findings.warn(
                        most + " open files at most", "allow " + FEW_FILES + " or more: ulimit -n, or LimitNOFILE");
            } else {
                findings.ok(most + " open files at most");
            }
        }
    }

    /** RocksDB and other native libraries are unpacked there, and loaded. */
    private static void examineTemporaryFolder(Findings findings) {
        String folder = System.getProperty("java.io.tmpdir");
        try {
            Path probe = Files.createTempFile("weighbridge", ".so");
            try {
                boolean isSet = probe.toFile().setExecutable(true);
                if (isSet && Files.isExecutable(probe)) {
                    findings.ok(folder + " takes native libraries");
                } else {
                    findings.fail(
                            folder + " is mounted noexec: RocksDB cannot be loaded from it",
                            "set -Djava.io.tmpdir in WEIGHBRIDGE_JAVA_OPTS to a folder that may hold programs");
                }
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            findings.fail(folder + " cannot be written: " + e.getMessage(), "mend its rights, or set -Djava.io.tmpdir");
        }
    }
}

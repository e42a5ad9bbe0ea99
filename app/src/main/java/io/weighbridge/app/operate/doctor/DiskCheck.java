package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.life.Role;
import io.weighbridge.hasher.HasherSettings;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.streams.StreamsConfig;

/** The folders of state and spool: whether they can be written, and how much room they have. */
record DiskCheck(Settings settings, List<Role> roles, Path data) {

    private static final long MIB = 1 << 20;
    private static final long LEAST_BYTES = 256 * MIB;
    private static final long LITTLE_BYTES = 4096 * MIB;

    void examine(Consumer<Finding> told) {
        var findings = new Findings("disk", told);
        Path state = Path.of(settings.text(StreamsConfig.STATE_DIR_CONFIG, data.toString()));
        examine("state", state, LITTLE_BYTES, "state stores grow with what is kept", findings);
        if (roles.contains(Role.HASHER)) {
            var spool = HasherSettings.from(settings).fetch().spool();
            examine(
                    "spool",
                    spool.folder(),
                    spool.totalBytes(),
                    "downloads may take weighbridge.fetch.spool.total.bytes together",
                    findings);
        }
    }

    private static void examine(String name, Path folder, long wanted, String why, Findings findings) {
        Path existing = folder.toAbsolutePath().normalize();
        while (!Files.exists(existing)) {
            existing = existing.getParent();
        }
        String text = name + " folder " + folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            findings.fail(
                    text + ": " + existing + " cannot be written by user " + System.getProperty("user.name"),
                    "mend its owner or rights, or name another folder");
            return;
        }
        try {
            long free = Files.getFileStore(existing).getUsableSpace();
            String room = text + ": " + free / MIB + " MiB free";
            if (free < LEAST_BYTES) {
                findings.fail(room, "make room: nothing works below " + LEAST_BYTES / MIB + " MiB");
            } else if (free < wanted) {
                findings.warn(
                        room + " of the " + wanted / MIB + " that it may want; " + why,
                        "make room, or lower the setting");
            } else {
                findings.ok(room);
            }
        } catch (IOException e) {
            findings.fail(text + ": " + e.getMessage(), "mend the file system");
        }
    }
}

package io.weighbridge.hasher.fetch;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.nio.file.Path;
import java.util.List;

/**
 * Where bytes from the network are kept while they are read.
 *
 * @param totalBytes most bytes of all copies together; at least as many as the largest file that is copied
 */
public record SpoolSettings(Path folder, long totalBytes) {

    static final String FOLDER = "weighbridge.fetch.spool.dir";
    static final String TOTAL_BYTES = "weighbridge.fetch.spool.total.bytes";

    private static final long DEFAULT_TOTAL_BYTES = 128L << 30;
    private static final String DEFAULT_FOLDER =
            Path.of(System.getProperty("java.io.tmpdir"), "weighbridge-spool").toString();

    static final List<Setting> SETTINGS = List.of(
            Setting.computed(FOLDER, "weighbridge-spool in the temporary folder"),
            Setting.computed(
                    TOTAL_BYTES, DEFAULT_TOTAL_BYTES + ", or " + FetchSettings.SPOOL_MAX_BYTES + " if that is more"));

    /** @param maxFileBytes the largest file that is copied */
    static SpoolSettings from(Settings settings, long maxFileBytes) {
        var folder = FetchSettings.folder(settings, FOLDER, settings.text(FOLDER, DEFAULT_FOLDER));
        long totalBytes = settings.bytes(TOTAL_BYTES, Math.max(DEFAULT_TOTAL_BYTES, maxFileBytes));
        if (totalBytes < maxFileBytes) {
            settings.problem(
                    TOTAL_BYTES,
                    "expected at least " + maxFileBytes + ", which a single file may take by "
                            + FetchSettings.SPOOL_MAX_BYTES + ", got " + totalBytes);
        }
        return new SpoolSettings(folder, totalBytes);
    }
}

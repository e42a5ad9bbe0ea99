package io.weighbridge.app.client;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Where and how long files are kept that were sent to the API.
 *
 * @param folder empty to refuse them
 * @param publicUrl of this server as hashers elsewhere reach it, without a slash at its end; empty if they share its machine
 * @param mostBytes a larger file is refused
 * @param linkTime how long a signed link holds
 */
public record KeptFilesSettings(String folder, String publicUrl, long mostBytes, Duration linkTime) {

    /** Setting: see {@code folder}. */
    public static final String FOLDER = "weighbridge.api.files.dir";

    /** Setting: see {@code publicUrl}. */
    public static final String ADDRESS = "weighbridge.api.files.url";

    /** Setting: see {@code mostBytes}. */
    public static final String MOST_BYTES = "weighbridge.api.files.max.bytes";

    /** Setting: see {@code linkTime}. */
    public static final String LINK_TIME = "weighbridge.api.files.link.time";

    private static final long DEFAULT_MOST_BYTES = 1L << 32;
    private static final Duration DEFAULT_LINK_TIME = Duration.ofDays(7);

    /** What {@link #from} reads. */
    public static final List<Setting> SETTINGS = List.of(
            Setting.none(FOLDER),
            Setting.none(ADDRESS),
            Setting.of(MOST_BYTES, DEFAULT_MOST_BYTES),
            Setting.of(LINK_TIME, DEFAULT_LINK_TIME));

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException naming each that is wrong
     */
    public static KeptFilesSettings from(Settings settings) {
        var files = new KeptFilesSettings(
                settings.text(FOLDER, "").strip(),
                settings.text(ADDRESS, "").replaceAll("/+$", ""),
                settings.bytes(MOST_BYTES, DEFAULT_MOST_BYTES),
                settings.duration(LINK_TIME, DEFAULT_LINK_TIME));
        settings.check();
        return files;
    }
}

package io.weighbridge.alerting.sink.ocsf;

import io.weighbridge.alerting.sink.attempt.RetrySettings;
import io.weighbridge.alerting.sink.attempt.SinkOptions;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which file findings are appended to.
 *
 * @param maxBytes a file that would grow beyond this is put aside
 * @param isDaily whether a file is also put aside when a day of UTC begins
 */
public record OcsfSettings(String name, Path file, long maxBytes, boolean isDaily, RetrySettings retries) {

    private static final long MAX_BYTES = 100L << 20;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final String KIND = "ocsf";

    /** What {@link #of} reads. */
    public static final List<Setting> SETTINGS = Stream.of(
                    List.of(
                            Setting.none(SinkOptions.name(KIND, "file")),
                            Setting.of(SinkOptions.name(KIND, "max.bytes"), MAX_BYTES),
                            Setting.of(SinkOptions.name(KIND, "daily"), true)),
                    RetrySettings.settings(KIND, LONGEST_PAUSE))
            .flatMap(List::stream)
            .toList();

    /** Empty if no file is set. */
    public static Optional<OcsfSettings> of(Settings settings) {
        var options = new SinkOptions(settings, KIND);
        String file = options.text("file", "");
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new OcsfSettings(
                    options.kind(),
                    Path.of(file),
                    options.bytes("max.bytes", MAX_BYTES),
                    options.flag("daily", true),
                    RetrySettings.of(options, LONGEST_PAUSE)));
        } catch (InvalidPathException e) {
            options.problem("file", "expected the path of a file, got " + e.getMessage());
            return Optional.empty();
        }
    }
}

package io.weighbridge.alerting.sink.attempt;

import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The settings of one kind of sink, {@code weighbridge.sink.KIND.*}. What is wrong with them is noted for {@link Settings#check()}. */
public final class SinkOptions {

    private static final String FILE = ".file";

    private final Settings settings;
    private final String kind;

    public SinkOptions(Settings settings, String kind) {
        this.settings = settings;
        this.kind = kind;
    }

    /** The kind of sink, which is the name of the first of its sinks. */
    public String kind() {
        return kind;
    }

    /** The name of the sink with this index, from 0: {@code webhook}, {@code webhook-2}, … */
    public String sinkName(int index) {
        return index == 0 ? kind : kind + "-" + (index + 1);
    }

    /** Whether the setting, or the one that names its file, has a value. */
    public boolean isGiven(String key) {
        return !text(key, "").isEmpty() || !text(key + FILE, "").isEmpty();
    }

    public String text(String key, String byDefault) {
        return settings.text(name(key), byDefault).strip();
    }

    public List<String> list(String key) {
        return settings.list(name(key), "");
    }

    public boolean flag(String key, boolean byDefault) {
        return settings.flag(name(key), byDefault);
    }

    /** A number of bytes, at least one. */
    public long bytes(String key, long byDefault) {
        long value = settings.bytes(name(key), byDefault);
        if (value < 1) {
            problem(key, "expected 1 or more, got " + value);
        }
        return value;
    }

    /** A whole number within bounds, both included. */
    public int count(String key, int byDefault, int least, int most) {
        int value = settings.count(name(key), byDefault);
        if (value < least || value > most) {
            problem(
                    key,
                    "expected " + least + (most == Integer.MAX_VALUE ? " or more" : " to " + most) + ", got " + value);
            return byDefault;
        }
        return value;
    }

    /** A duration of a millisecond or more. */
    public Duration positive(String key, Duration byDefault) {
        Duration value = settings.duration(name(key), byDefault);
        if (value.compareTo(Duration.ofMillis(1)) >= 0) {
            return value;
        }
        problem(key, "expected 1 ms or more, got " + value);
        return byDefault;
    }

    /** A text that no message shows: the setting itself, or what is in the file that {@code KEY.file} names, without space around it. */
    public Optional<String> secret(String key) {
        String given = text(key, "");
        String file = text(key + FILE, "");
        if (!given.isEmpty() && !file.isEmpty()) {
            problem(key, "expected this or " + name(key + FILE) + ", got both");
            return Optional.empty();
        }
        return file.isEmpty() ? Optional.of(given).filter(text -> !text.isEmpty()) : textIn(key + FILE, file);
    }

    /** As {@link #secret}, but one of the two settings has to be given. */
    public Optional<String> requiredSecret(String key) {
        if (!isGiven(key)) {
            problem(key, "expected this or " + name(key + FILE) + ", got neither");
        }
        return secret(key);
    }

    /** Notes what is wrong with a setting. */
    public void problem(String key, String expectedAndGot) {
        settings.problem(name(key), expectedAndGot);
    }

    private Optional<String> textIn(String key, String file) {
        try {
            String text = Files.readString(Path.of(file)).strip();
            if (!text.isEmpty()) {
                return Optional.of(text);
            }
            problem(key, "expected a secret in " + file + ", got an empty file");
        } catch (IOException | InvalidPathException e) {
            problem(key, "expected a readable file of text, got " + e);
        }
        return Optional.empty();
    }

    /** The name of a setting of one kind of sink. */
    public static String name(String kind, String key) {
        return Settings.PREFIX + "sink." + kind + "." + key;
    }

    /** A secret of one kind of sink as the settings that {@link #secret} reads: itself, or its file. */
    public static List<Setting> secretOf(String kind, String key) {
        return List.of(Setting.secret(name(kind, key)), Setting.none(name(kind, key + FILE)));
    }

    private String name(String key) {
        return name(kind, key);
    }
}

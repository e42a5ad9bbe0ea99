package io.weighbridge.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigException;

/**
 * Settings by name, as a configuration file or the environment gave them: {@code weighbridge.*} are ours, all others go to Kafka as they
 * are. Wrong values are collected; {@link #check()} reports all of them at once.
 */
public final class Settings {

    /** Prefix of every setting that is not Kafka's. */
    public static final String PREFIX = "weighbridge.";

    private static final int MOST_FILE_BYTES = 1 << 16;

    private final Map<String, String> values;
    private final Map<String, String> origins;
    private final Map<String, String> asked;
    private final Set<String> problems = Collections.synchronizedSet(new LinkedHashSet<>());

    public Settings(Map<String, String> values) {
        this(values, Map.of());
    }

    /**
     * @param origins where values come from, such as a line of a file; told with what is wrong with them
     */
    public Settings(Map<String, String> values, Map<String, String> origins) {
        this(values, origins, new ConcurrentSkipListMap<>());
    }

    private Settings(Map<String, String> values, Map<String, String> origins, Map<String, String> asked) {
        this.values = new TreeMap<>(values);
        this.origins = new TreeMap<>(origins);
        this.asked = asked;
    }

    /** The value of a setting, or the default. */
    public String text(String name, String byDefault) {
        noteAsked(name, byDefault);
        return values.getOrDefault(name, byDefault);
    }

    /** A whole number, 0 or more. */
    public int count(String name, int byDefault) {
        return parse(name, byDefault, "a whole number, 0 or more", text -> {
            int value = Integer.parseInt(text);
            return value < 0 ? null : value;
        });
    }

    /** A whole number, 0 or more, that may not fit an {@code int}. */
    public long number(String name, long byDefault) {
        return parse(name, byDefault, "a whole number, 0 or more", text -> {
            long value = Long.parseLong(text);
            return value < 0 ? null : value;
        });
    }

    /** A number of bytes, 0 or more. */
    public long bytes(String name, long byDefault) {
        return parse(name, byDefault, "a number of bytes, 0 or more", text -> {
            long value = Long.parseLong(text);
            return value < 0 ? null : value;
        });
    }

    /** A probability above 0, at most 1; empty if it is not set. */
    public OptionalDouble probability(String name) {
        Double value = parse(name, null, "a number above 0, at most 1", text -> {
            double number = Double.parseDouble(text);
            return number > 0 && number <= 1 ? number : null;
        });
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name, boolean byDefault) {
        return parse(name, byDefault, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> null;
        });
    }

    /** An ISO 8601 duration such as {@code PT30S}, or a number of milliseconds. */
    public Duration duration(String name, Duration byDefault) {
        return parse(
                name,
                byDefault,
                "a duration such as PT30S, or milliseconds",
                text -> text.startsWith("P") ? Duration.parse(text) : Duration.ofMillis(Long.parseLong(text)));
    }

    /** The parts of a comma-separated list, trimmed, empty ones left out. */
    public List<String> list(String name, String byDefault) {
        return List.of(text(name, byDefault).split(",")).stream()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /** What is in the file that a setting names: at most {@value #MOST_FILE_BYTES} bytes; empty if it is not set or cannot be read. */
    public Optional<byte[]> file(String name) {
        byte[] content = parse(name, null, "a file of at most " + MOST_FILE_BYTES + " bytes that can be read", text -> {
            try (var in = Files.newInputStream(Path.of(text))) {
                byte[] bytes = in.readNBytes(MOST_FILE_BYTES + 1);
                return bytes.length <= MOST_FILE_BYTES ? bytes : null;
            } catch (IOException e) {
                return null;
            }
        });
        return Optional.ofNullable(content);
    }

    /** Names of all settings that begin with a prefix and go on after it. */
    public List<String> names(String prefix) {
        return values.keySet().stream()
                .filter(name -> name.startsWith(prefix) && name.length() > prefix.length())
                .toList();
    }

    /** Every setting that is Kafka's, a registry's or a serializer's, under its own name. */
    public Map<String, Object> kafka() {
        var kafka = new TreeMap<String, Object>();
        values.forEach((name, value) -> {
            if (!name.startsWith(PREFIX)) {
                kafka.put(name, value);
            }
        });
        return kafka;
    }

    /** These settings with others on top; what is wrong with these is wrong with those. */
    public Settings with(Map<String, String> others) {
        var merged = new TreeMap<>(values);
        merged.putAll(others);
        var remaining = new TreeMap<>(origins);
        remaining.keySet().removeIf(name -> !merged.get(name).equals(values.get(name)));
        var settings = new Settings(merged, remaining, asked);
        settings.problems.addAll(problems);
        return settings;
    }

    /** Every setting that was asked for, with its default as users are told it. */
    public Map<String, String> asked() {
        return new TreeMap<>(asked);
    }

    /** Where a value comes from; empty if that is not known, or there is no value. */
    public Optional<String> origin(String name) {
        return Optional.ofNullable(origins.get(name));
    }

    /** Notes what is wrong with a setting; {@link #check()} will report it. */
    public void problem(String name, String expectedAndGot) {
        problems.add(name + ": " + Redaction.of(expectedAndGot)
                + origin(name).map(from -> " (" + from + ")").orElse(""));
    }

    /**
     * Call once all settings have been read.
     *
     * @throws SettingsException if any was wrong, naming each
     */
    public void check() {
        if (!problems.isEmpty()) {
            throw new SettingsException(problems);
        }
    }

    /**
     * Has all parts of a process read their settings, so that what any of them finds wrong is told together with what the others do.
     *
     * @throws SettingsException if any was wrong, naming each
     */
    public void checkAll(List<Consumer<Settings>> readers) {
        for (var reader : readers) {
            try {
                reader.accept(this);
            } catch (SettingsException e) {
                // Its problems are noted here already, and told below.
            } catch (IllegalArgumentException | ConfigException e) {
                problems.add(Redaction.of(e.getMessage()));
            }
        }
        check();
    }

    private void noteAsked(String name, Object byDefault) {
        asked.merge(name, Setting.shown(byDefault), (before, now) -> before.equals(Setting.NONE) ? now : before);
    }

    private <T> T parse(String name, T byDefault, String expected, Function<String, T> parser) {
        noteAsked(name, byDefault);
        String text = values.get(name);
        if (text == null) {
            return byDefault;
        }
        try {
            T value = parser.apply(text.strip());
            if (value != null) {
                return value;
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            // reported below, with all others
        }
        problem(name, "expected " + expected + ", got " + text);
        return byDefault;
    }
}

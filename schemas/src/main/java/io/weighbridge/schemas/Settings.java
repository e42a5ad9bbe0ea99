package io.weighbridge.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Settings by name, as a configuration file or the environment gave them: {@code weighbridge.*} are ours, all others go to Kafka as they
 * are. Wrong values are collected; {@link #check()} reports all of them at once.
 */
public final class Settings {

    /** Prefix of every setting that is not Kafka's. */
    public static final String PREFIX = "weighbridge.";

    private static final int MOST_FILE_BYTES = 1 << 16;

    private final Map<String, String> values;
    private final List<String> problems = new ArrayList<>();

    public Settings(Map<String, String> values) {
        this.values = new TreeMap<>(values);
    }

    /** The value of a setting, or the default. */
    public String text(String name, String byDefault) {
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

    /** These settings with others on top. */
    public Settings with(Map<String, String> others) {
        var merged = new TreeMap<>(values);
        merged.putAll(others);
        return new Settings(merged);
    }

    /** Notes what is wrong with a setting; {@link #check()} will report it. */
    public void problem(String name, String expectedAndGot) {
        problems.add(name + ": " + expectedAndGot);
    }

    /**
     * Call once all settings have been read.
     *
     * @throws IllegalArgumentException if any was wrong, naming each
     */
    public void check() {
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("settings: " + String.join("; ", problems));
        }
    }

    private <T> T parse(String name, T byDefault, String expected, Function<String, T> parser) {
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

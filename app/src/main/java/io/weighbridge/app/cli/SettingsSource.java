package io.weighbridge.app.cli;

import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;

/**
 * Settings from a file and the environment, the environment on top.
 *
 * <p>{@code WEIGHBRIDGE_FETCH_MAX_BYTES} sets {@code weighbridge.fetch.max.bytes}; {@code WEIGHBRIDGE_KAFKA_SECURITY_PROTOCOL} sets Kafka's
 * {@code security.protocol}; {@code WEIGHBRIDGE_BOOTSTRAP_SERVERS} and {@code WEIGHBRIDGE_SCHEMA_REGISTRY} have names of their own.
 */
public final class SettingsSource {

    private static final String ENVIRONMENT = "WEIGHBRIDGE_";
    private static final String KAFKA = "KAFKA_";
    private static final Map<String, String> OWN_NAMES =
            Map.of("BOOTSTRAP_SERVERS", "bootstrap.servers", "SCHEMA_REGISTRY", "schema.registry.url");

    /** Read by the start script, the logging configuration or an option, so no settings. */
    private static final Set<String> NOT_SETTINGS =
            Set.of("CLASSPATH", "CONFIG", "HOME", "JAVA_OPTS", "LOG", "PORT", "REBUILD");

    private SettingsSource() {}

    /**
     * The settings of a properties file, or of none for {@code null}, and of the environment, which wins.
     *
     * @throws CommandException if the file cannot be read
     */
    public static Map<String, String> of(Path file) {
        var settings = file(file);
        settings.putAll(environment(System.getenv()));
        return settings;
    }

    /**
     * The settings of a properties file, or none for {@code null}.
     *
     * @throws CommandException if the file cannot be read
     */
    public static Map<String, String> file(Path file) {
        var settings = new TreeMap<String, String>();
        if (file == null) {
            return settings;
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException("--config " + file + ": cannot be read: " + e, e);
        }
        properties.forEach((name, value) -> settings.put(name.toString(), value.toString()));
        return settings;
    }

    /** The settings among some environment variables. */
    static Map<String, String> environment(Map<String, String> variables) {
        var settings = new TreeMap<String, String>();
        variables.forEach((variable, value) -> {
            if (variable.startsWith(ENVIRONMENT)) {
                String name = variable.substring(ENVIRONMENT.length());
                if (!NOT_SETTINGS.contains(name)) {
                    settings.put(settingOf(name), value);
                }
            }
        });
        return settings;
    }

    private static String settingOf(String name) {
        if (OWN_NAMES.containsKey(name)) {
            return OWN_NAMES.get(name);
        }
        return name.startsWith(KAFKA) ? dotted(name.substring(KAFKA.length())) : Settings.PREFIX + dotted(name);
    }

    private static String dotted(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }
}

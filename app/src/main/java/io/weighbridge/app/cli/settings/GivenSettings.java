package io.weighbridge.app.cli.settings;

import io.weighbridge.app.cli.CommandException;
import io.weighbridge.schemas.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Settings as a file, the environment and options gave them, the later ones on top; each knows where it comes from. */
public final class GivenSettings {

    private final Map<String, Given> given = new TreeMap<>();

    /**
     * Those of a properties file, or of none for {@code null}, and of the environment, which wins.
     *
     * @throws CommandException if the file cannot be read
     */
    public static GivenSettings of(Path file) {
        var settings = ofFile(file);
        settings.given.putAll(Environment.settings(System.getenv()));
        return settings;
    }

    /**
     * Those of a properties file alone, or none for {@code null}.
     *
     * @throws CommandException if the file cannot be read
     */
    public static GivenSettings ofFile(Path file) {
        var settings = new GivenSettings();
        if (file != null) {
            settings.given.putAll(ConfigFile.read(file));
        }
        return settings;
    }

    /** Sets one, whoever else did. */
    public void put(String name, String value, String origin) {
        given.put(name, new Given(value, origin));
    }

    /** Sets one, unless somebody did. */
    public void putIfAbsent(String name, String value, String origin) {
        given.putIfAbsent(name, new Given(value, origin));
    }

    /** The value of a setting, or {@code null}. */
    public String value(String name) {
        return given.containsKey(name) ? given.get(name).value() : null;
    }

    /** The values by name. */
    public Map<String, String> values() {
        var values = new TreeMap<String, String>();
        given.forEach((name, value) -> values.put(name, value.value()));
        return values;
    }

    /** All of them; names that are none are noted, and told by {@link Settings#check()} together with values that are wrong. */
    public Settings settings() {
        var origins = new TreeMap<String, String>();
        given.forEach((name, value) -> origins.put(name, value.origin()));
        var settings = new Settings(values(), origins);
        given.keySet()
                .forEach(name -> SettingsCatalogue.problemOf(name).ifPresent(what -> settings.problem(name, what)));
        return settings;
    }
}

package io.weighbridge.app.cli.settings;

import io.weighbridge.app.cli.CommandException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** A properties file whose settings know their line. */
final class ConfigFile {

    private static final Pattern REMARK = Pattern.compile("^\\s*[#!].*");

    /** An odd number of backslashes at the end. */
    private static final Pattern CONTINUED = Pattern.compile(".*(?<!\\\\)(?:\\\\\\\\)*\\\\$");

    private ConfigFile() {}

    /**
     * The settings of a file.
     *
     * @throws CommandException if it cannot be read
     */
    static Map<String, Given> read(Path file) {
        var given = new TreeMap<String, Given>();
        try {
            var lines = Files.readAllLines(file);
            for (int i = 0; i < lines.size(); i++) {
                int first = i + 1;
                var entry = new StringBuilder(lines.get(i));
                while (isContinued(lines.get(i)) && i + 1 < lines.size()) {
                    entry.append('\n').append(lines.get(++i));
                }
                parsed(entry.toString())
                        .forEach((name, value) ->
                                given.put(name.toString(), new Given(value.toString(), file + ":" + first)));
            }
            return given;
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException("--config " + file + ": cannot be read: " + e, e);
        }
    }

    private static boolean isContinued(String line) {
        return !REMARK.matcher(line).matches() && CONTINUED.matcher(line).matches();
    }

    private static Properties parsed(String entry) throws IOException {
        var properties = new Properties();
        properties.load(new StringReader(entry));
        return properties;
    }
}

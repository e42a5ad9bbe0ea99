package io.weighbridge.app.cli.settings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.life.SettingsReaders;
import io.weighbridge.schemas.Redaction;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.SettingsException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code settings}: the settings in force, and what is wrong with them. */
@Command(
        name = "settings",
        mixinStandardHelpOptions = true,
        header = "Show the settings in force on this machine and where each comes from, and what is wrong with them.",
        description = {
            "",
            "Reads them as all roles and the page would, so a file of a secret that is missing here is an error, too. "
                    + "Secrets are not shown. Exit code: 0 if nothing is wrong, 2 if something is.",
            ""
        })
public final class SettingsCommand implements Callable<Integer> {

    private static final String HIDDEN = "(not shown)";
    private static final String DEFAULT = "default";

    /** One setting in force. */
    private record Row(String name, String value, String origin) {}

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--set-only", description = "Leave out those that have their default.")
    private boolean setOnly;

    @Override
    public Integer call() {
        var settings = cluster.settingsOfProcess();
        Optional<String> wrong = wrong(settings);
        print(rows(settings));
        wrong.ifPresent(output::note);
        return wrong.isPresent() ? ExitCode.ERROR : ExitCode.NO_MATCH;
    }

    private static Optional<String> wrong(Settings settings) {
        try {
            settings.checkAll(SettingsReaders.openStack());
            return Optional.empty();
        } catch (SettingsException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Those that have a default or a value, ours first. */
    private List<Row> rows(Settings settings) {
        var names = new LinkedHashSet<String>();
        SettingsCatalogue.all().stream()
                .filter(setting -> !setting.hasPlace())
                .map(Setting::name)
                .forEach(names::add);
        names.addAll(settings.names(""));
        var rows = new ArrayList<Row>();
        for (String name : names) {
            Optional<String> origin = settings.origin(name);
            if (origin.isPresent()) {
                String value = SettingsCatalogue.isSecret(name) ? HIDDEN : Redaction.of(settings.text(name, ""));
                rows.add(new Row(name, value, origin.get()));
            } else if (!setOnly) {
                rows.add(new Row(name, byDefault(name, settings.asked()), DEFAULT));
            }
        }
        return rows;
    }

    /** What was computed, if a reader asked for it. */
    private static String byDefault(String name, Map<String, String> asked) {
        String computed = asked.getOrDefault(name, Setting.NONE);
        return computed.equals(Setting.NONE)
                ? SettingsCatalogue.find(name).orElseThrow().byDefault()
                : computed;
    }

    private void print(List<Row> rows) {
        if (output.isJson()) {
            rows.forEach(row -> output.print(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("setting", row.name())
                            .put("value", row.value())
                            .put("origin", row.origin()),
                    () -> ""));
            return;
        }
        var table = new Table("setting", "value", "from");
        rows.forEach(row -> table.row(row.name(), row.value(), row.origin()));
        output.say(table.toString());
    }
}

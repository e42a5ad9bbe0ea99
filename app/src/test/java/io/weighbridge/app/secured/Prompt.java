package io.weighbridge.app.secured;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.cli.Weighbridge;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.tools.AclCommand;

/** What somebody with a settings file of their own does at a shell. */
final class Prompt {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private Prompt() {}

    /** Runs a command of the product; returns what it says. */
    static String run(int expectedExit, Path config, String... arguments) {
        var out = new StringWriter();
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--config", config.toString()));
        int exit = Weighbridge.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(all.toArray(String[]::new));
        assertThat(exit).as(out.toString()).isEqualTo(expectedExit);
        return out.toString();
    }

    /** Runs the calls of {@code kafka-acls.sh} that {@code topics acls} printed, by Kafka's own tool. */
    static void giveRights(String printed, Path adminConfig) {
        for (String line : printed.split("\n")) {
            if (!line.startsWith("#")) {
                var words = words(line.replace("admin.properties", adminConfig.toString()));
                assertThat(words.remove(0)).isEqualTo("kafka-acls.sh");
                AclCommand.main(words.toArray(String[]::new));
            }
        }
    }

    private static List<String> words(String line) {
        var words = new ArrayList<String>();
        var matcher = WORD.matcher(line);
        while (matcher.find()) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words;
    }
}

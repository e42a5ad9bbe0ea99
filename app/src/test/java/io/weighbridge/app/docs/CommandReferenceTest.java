package io.weighbridge.app.docs;

import io.weighbridge.app.cli.Weighbridge;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** {@code docs/reference/commands.md} shows every command as {@code --help} does. */
class CommandReferenceTest {

    private static final int WIDTH = 120;

    @Test
    void shouldShowEveryCommand() throws IOException {
        var part = new StringBuilder();
        add(Weighbridge.commandLine().setUsageHelpWidth(WIDTH), part);

        GeneratedDocument.shouldHold("docs/reference/commands.md", CommandReferenceTest.class, part.toString());
    }

    private static void add(CommandLine command, StringBuilder part) {
        var spec = command.getCommandSpec();
        if (spec.usageMessage().hidden()) {
            return;
        }
        if (spec.parent() != null) {
            part.append("\n## `").append(spec.qualifiedName()).append("`\n\n```text\n");
            command.getUsageMessage(Help.Ansi.OFF)
                    .strip()
                    .lines()
                    .forEach(line -> part.append(line.stripTrailing()).append('\n'));
            part.append("```\n");
        }
        command.getSubcommands().values().stream().distinct().forEach(sub -> add(sub, part));
    }
}

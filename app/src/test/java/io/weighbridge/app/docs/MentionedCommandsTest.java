package io.weighbridge.app.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.cli.Weighbridge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** What sentences of documents and runbooks call a command is one, and has the options they give it. */
class MentionedCommandsTest {

    private static final Pattern MENTION = Pattern.compile("`(?:\\./)?weighbridge ([^`]+)`");
    /** An option of the program itself, or a word in place of a command. */
    private static final Pattern STANDS_FOR_ANY = Pattern.compile("-|[A-Z]+\\b");

    private static final Pattern OPTION = Pattern.compile("--[a-z-]+");

    @Test
    void shouldMentionCommandsThatThereAre() throws IOException {
        int mentions = 0;
        for (Path document : DocumentedCommand.documents()) {
            for (MatchResult mention :
                    MENTION.matcher(Files.readString(document)).results().toList()) {
                shouldBeThere(document, mention.group(1));
                mentions++;
            }
        }
        assertThat(mentions).isGreaterThan(30);
    }

    private static void shouldBeThere(Path document, String mention) {
        CommandLine command = Weighbridge.commandLine();
        for (String word : List.of(mention.split("\\s+"))) {
            var sub = command.getSubcommands().get(word);
            if (sub == null) {
                break;
            }
            command = sub;
        }
        if (!STANDS_FOR_ANY.matcher(mention).lookingAt()) {
            assertThat(command.getParent())
                    .as("%s: weighbridge %s", document, mention)
                    .isNotNull();
        }
        for (String option :
                OPTION.matcher(mention).results().map(MatchResult::group).toList()) {
            assertThat(command.getCommandSpec().findOption(option))
                    .as("%s: weighbridge %s: %s", document, mention, option)
                    .isNotNull();
        }
    }
}

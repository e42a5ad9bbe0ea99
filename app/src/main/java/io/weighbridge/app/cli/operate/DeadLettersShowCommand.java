package io.weighbridge.app.cli.operate;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.operate.letter.DeadLetters;
import io.weighbridge.app.operate.letter.LetterContent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code dlq show ID}: all that is known of a record that could not be processed. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        header =
                "Show a record that could not be processed: the cause, its headers, key and value, decoded if possible.")
final class DeadLettersShowCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "ID", description = "Id, as `dlq ls` shows it.")
    private String id;

    @Override
    public void run() {
        var connected = Cluster.connect(cluster.settings());
        var letters = DeadLetters.read(connected);
        if (letters.of(id).isEmpty()) {
            throw new CommandException(id + ": no such dead letter; `weighbridge dlq ls` lists them");
        }
        String redrive = letters.judge(id, false).text();
        for (var row : letters.of(id)) {
            var content = LetterContent.read(connected, row)
                    .orElseThrow(() -> new CommandException(id + ": not kept any more"));
            var json = row.json();
            content.putInto(json);
            json.put("redrive", redrive);
            output.print(json, () -> String.join(System.lineSeparator(), LetterReport.lines(row, content, redrive)));
        }
    }
}

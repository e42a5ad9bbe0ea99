package io.weighbridge.app.cli.operate;

import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.operate.transaction.OpenTransaction;
import io.weighbridge.app.operate.transaction.OpenTransactions;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics transactions}: transactions that never end, and keep readers back. */
@Command(
        name = "transactions",
        mixinStandardHelpOptions = true,
        header = "List transactions that hang, behind which readers stand still, and end them with --abort.",
        description = {
            "",
            "A transaction hangs if it is open on a partition and no coordinator knows it there: nothing but --abort ends it. "
                    + "What it wrote to that partition is then never seen, even if the rest of it was committed; `reset` of the role that "
                    + "wrote it makes it again. Those that are overdue or unknown are listed, and never aborted. "
                    + "--abort needs the right to ALTER the cluster. Exit code: 0 none is left, 2 some are.",
            "",
            "Example: weighbridge topics transactions",
            "         weighbridge topics transactions --abort --config admin.properties",
            ""
        })
public final class TopicsTransactionsCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--abort", description = "End those that hang. Default: only list.")
    private boolean isAborting;

    private int left;

    @Override
    public Integer call() {
        var connected = Cluster.connect(cluster.settings());
        try (var admin = connected.admin()) {
            var open = new OpenTransactions(connected, admin, Clock.systemUTC());
            var found = open.find();
            found.transactions().forEach(transaction -> handle(open, transaction));
            output.say(found.transactions().size() + " of concern on " + found.partitions() + " partitions"
                    + (found.hidden() == 0 ? "" : "; " + found.hidden() + " topics this user may not read") + ".");
        }
        if (left > 0 && !isAborting) {
            output.say("Nothing was changed; --abort ends those that hang.");
        }
        return left == 0 ? ExitCode.NO_MATCH : ExitCode.ERROR;
    }

    private void handle(OpenTransactions open, OpenTransaction transaction) {
        boolean isEnded = isAborting && transaction.isHanging();
        if (isEnded) {
            abort(open, transaction);
        } else {
            left++;
        }
        output.print(
                transaction.json().put("aborted", isEnded), () -> (isEnded ? "aborted  " : "") + transaction.text());
    }

    private static void abort(OpenTransactions open, OpenTransaction transaction) {
        try {
            open.abort(transaction);
        } catch (ClusterAuthorizationException e) {
            throw new CommandException(
                    transaction.partition() + ": this user may not ALTER the cluster, which ending transactions needs;"
                            + " run it with the settings (--config) of one who may",
                    e);
        }
    }
}

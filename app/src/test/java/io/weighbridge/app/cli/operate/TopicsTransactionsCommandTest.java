package io.weighbridge.app.cli.operate;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.cli.CommandStage;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.embedded.HangingTransaction;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transaction that is under way, then hangs, and is ended. */
class TopicsTransactionsCommandTest {

    @TempDir
    private Path folder;

    @Test
    void shouldTellOfATransactionThatHangsAndEndIt() throws Exception {
        try (var stage = CommandStage.start(folder, Map.of());
                var transaction = HangingTransaction.open(
                        Map.of("bootstrap.servers", stage.broker().bootstrapServers()),
                        new TopicPartition("infringement-alerts.v1", 2))) {
            shouldLeaveAloneWhatIsUnderWay(stage, transaction);
            transaction.hang();
            shouldTellOfIt(stage);
            assertThat(transaction.isPassed()).isFalse();
            shouldEndIt(stage);
            assertThat(transaction.isPassed()).isTrue();
        }
    }

    private static void shouldLeaveAloneWhatIsUnderWay(CommandStage stage, HangingTransaction transaction) {
        assertThat(stage.run("topics", "transactions", "--abort")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).startsWith("0 of concern on ");
        assertThat(transaction.isPassed()).isFalse();
    }

    private static void shouldTellOfIt(CommandStage stage) {
        assertThat(stage.run("topics", "transactions")).isEqualTo(ExitCode.ERROR);
        assertThat(stage.out())
                .contains("infringement-alerts.v1-2: hanging transaction of producer 1, epoch 0, from offset 0")
                .contains("no coordinator knows this producer", "1 of concern on ", "Nothing was changed");
        assertThat(stage.run("topics", "transactions", "--format", "json")).isEqualTo(ExitCode.ERROR);
        assertThat(stage.out())
                .startsWith(
                        "{\"topic\":\"infringement-alerts.v1\",\"partition\":2,\"offset\":0,\"standing\":\"HANGING\"")
                .endsWith("\"aborted\":false}");
        assertThat(stage.run("doctor")).isEqualTo(ExitCode.FAILED_CHECK);
        assertThat(stage.out())
                .contains("FAIL  hanging   infringement-alerts.v1-2: hanging transaction")
                .contains("-> readers stand still there for good: `weighbridge topics transactions --abort`");
    }

    private static void shouldEndIt(CommandStage stage) {
        assertThat(stage.run("topics", "transactions", "--abort")).isEqualTo(ExitCode.NO_MATCH);
        assertThat(stage.out()).startsWith("aborted  infringement-alerts.v1-2: hanging transaction of producer 1");
        assertThat(stage.run("topics", "transactions")).isEqualTo(ExitCode.NO_MATCH);
        stage.run("doctor");
        assertThat(stage.out()).contains("OK    hanging   no transaction hangs on ");
    }
}

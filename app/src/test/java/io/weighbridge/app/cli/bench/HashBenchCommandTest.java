package io.weighbridge.app.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.bench.HashBenchmark;
import io.weighbridge.app.bench.LayerShape;
import io.weighbridge.app.bench.NetworkShape;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.hash.LayerKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HashBenchCommandTest {

    private static final NetworkShape TINY = new NetworkShape(
            "tiny",
            List.of(
                    new LayerShape("a.weight", LayerKind.CONVOLUTION, 16, 16, 3),
                    new LayerShape("b.weight", LayerKind.DENSE, 64, 32, 1)));

    @Test
    void shouldReportAPositiveRowForEachContender() throws IOException {
        var report = new HashBenchReport(HashBenchmark.run(TINY, 2, Duration.ofMillis(100)));

        var json = report.json();
        assertThat(json.get("weights").asLong()).isEqualTo(16 * 16 * 9 + 64 * 32);
        assertThat(json.get("scanHeapBytes").asLong()).isPositive();
        assertThat(json.get("timings").findValuesAsText("what"))
                .containsExactly(
                        "plain read", "SHA-256", "pri@3", "iwp@2", "nts@1", "all algorithms", "scan of a file");
        for (var timing : json.get("timings"))
            for (var figure : timing)
                if (figure.isNumber())
                    assertThat(figure.asDouble()).as("%s", timing).isPositive();
        assertThat(report.text()).startsWith("tiny: 0.0 M weights in 2 layers").hasLineCount(9);
    }

    @Test
    void shouldRefuseWrongOptions() {
        assertThat(errorOf("--rounds", "0")).contains("--rounds: expected 1 or more, got 0");
        assertThat(errorOf("--model", "alexnet")).contains("alexnet");
    }

    private static String errorOf(String... options) {
        var errors = new StringWriter();
        var arguments = new String[] {"bench", "hash", options[0], options[1]};
        int code = Weighbridge.commandLine().setErr(new PrintWriter(errors)).execute(arguments);
        assertThat(code).isEqualTo(ExitCode.USAGE);
        return errors.toString();
    }
}

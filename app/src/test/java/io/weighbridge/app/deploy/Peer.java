package io.weighbridge.app.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/**
 * A program that others wrote and that judges our files. Where it is missing, the test says so and is skipped;
 * {@code WEIGHBRIDGE_REQUIRE_PEERS=true} turns that into a failure.
 */
record Peer(String program, String debianPackage) {

    static final Peer PROMTOOL = new Peer("promtool", "prometheus");
    static final Peer YAMLLINT = new Peer("yamllint", "yamllint");
    static final Peer SHELLCHECK = new Peer("shellcheck", "shellcheck");

    /** @param exit 0 if the program was content */
    record Verdict(int exit, String words) {

        void mustBeGood() {
            assertThat(exit).as(words).isZero();
        }
    }

    /** What the program says, on both of its streams. */
    Verdict judge(String... arguments) {
        return judgeInput("", arguments);
    }

    /** The same for what it reads from its standard input. */
    Verdict judgeInput(String input, String... arguments) {
        var command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            return skip();
        }
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Verdict(process.waitFor(), words);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(command.toString(), e);
        }
    }

    private Verdict skip() {
        String message = "SKIPPED: " + program + " is missing and judged nothing; install " + debianPackage;
        System.err.println(message);
        assertThat(System.getenv("WEIGHBRIDGE_REQUIRE_PEERS")).as(message).isNotEqualTo("true");
        Assumptions.abort(message);
        throw new IllegalStateException(message);
    }
}

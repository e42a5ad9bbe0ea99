package io.weighbridge.app.operate.doctor;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;

/** What a running process says of itself. */
record ProcessCheck(URI management, Clock clock) {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    void examine(Findings findings) {
        String root = management.toString().replaceAll("/+$", "");
        try {
            var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            var request = HttpRequest.newBuilder(URI.create(root + "/readyz")).timeout(PATIENCE);
            var answer = http.send(request.build(), BodyHandlers.ofString());
            String text = root + ": " + answer.body().strip();
            if (answer.statusCode() == 200) {
                findings.ok(text);
            } else {
                findings.fail(
                        text, "wait while stores are restored; if it does not become ready, see what its log tells");
            }
            ClockSkew.examine(
                    "the process at " + root, answer.headers(), clock, new Findings("clock", findings.told()));
        } catch (IOException | IllegalArgumentException e) {
            findings.fail("no process answers at " + root + ": " + e, "start it, or mend the address (--management)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            findings.warn("interrupted", "");
        }
    }
}

package io.weighbridge.app.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The script that walks through the dashboard. It asks for what is to happen around it, one line of JSON each way, and tells how each journey went. */
final class BrowserProcess {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** What the script may ask for, by name; the answer is what it gets back. */
    interface Asked {
        ObjectNode answer(JsonNode question) throws Exception;
    }

    private final Process process;
    private final Map<String, Asked> asked;

    private BrowserProcess(Process process, Map<String, Asked> asked) {
        this.process = process;
        this.asked = asked;
    }

    /** How one journey went; {@code problem} is null if it went well. */
    record Journey(String title, String problem) {}

    /**
     * Runs all journeys.
     *
     * @param folder holds the script
     * @param asked what it may ask for
     */
    static List<Journey> run(BrowserTools tools, Path folder, Map<String, String> environment, Map<String, Asked> asked)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(tools.node().toString(), "run.mjs")
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        builder.environment().put("WB_BROWSER", tools.chromium().toString());
        var running = new BrowserProcess(builder.start(), asked);
        try {
            return running.answerUntilItEnds();
        } finally {
            running.end();
        }
    }

    private List<Journey> answerUntilItEnds() throws IOException, InterruptedException {
        var journeys = new ArrayList<Journey>();
        try (var out = process.getOutputStream();
                var in = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                JsonNode told = JSON.readTree(line);
                if (told.has("ask")) {
                    reply(out, told);
                } else if (told.has("journey")) {
                    journeys.add(new Journey(
                            told.path("journey").asText(), told.path("problem").textValue()));
                    say(told.path("millis") + " ms: " + told.path("journey").asText());
                } else {
                    say(line);
                }
            }
        }
        process.waitFor();
        return journeys;
    }

    private static void say(String what) {
        System.out.println("DashboardBrowserTest " + what);
    }

    private void reply(OutputStream out, JsonNode question) throws IOException {
        ObjectNode answer;
        try {
            answer = asked.get(question.path("ask").asText()).answer(question);
        } catch (Exception e) {
            answer = JsonNodeFactory.instance.objectNode().put("problem", e.toString());
        }
        out.write((answer + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Of a script that was left early, the browser would stay. */
    private void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }
}

package io.weighbridge.app.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.Weighbridge;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.life.LocalStack;
import io.weighbridge.app.life.Ports;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * Runs every command that a document shows, in the order of the document, against a stack as {@code up} starts it. What cannot be run here is
 * named with the reason, and is at least understood by the program.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentedCommandsTest {

    /** Beginnings of our own commands that are only parsed. */
    private static final Map<String, String> ONLY_PARSED = Map.of(
            "demo", "EndToEndTest runs it",
            "up", "the stack that the others talk to is one",
            "run", "a process for good; the tests of the roles start them",
            "evaluate", "takes an hour; CI runs the small one",
            "bench", "takes minutes; tests of their own run each in small",
            "reset", "ResetCommandTest runs it; here it would take the stack apart",
            "dlq show", "DeadLettersCommandTest runs it on letters that are there",
            "dlq redrive", "the same",
            "doctor --role", "its files are those of a machine that the document speaks of");

    /** Programs that are not ours. */
    private static final Map<String, String> OTHER_PROGRAMS = Map.of(
            "mvn", "CI runs it",
            "docker", "needs an engine; tests of the files in docker/ hold them against the code",
            "kubectl", "needs a cluster; tests hold the manifests against Kubernetes' own types",
            "openssl", "ReplayTest checks a signature",
            "curl", "the tests of the API hold it against its description");

    /** What documents call files of a reader, and demo models that stand for them: formats are told by content. */
    private static final Map<String, String> FILES = Map.of(
            "original.pt", "lenet-original.zip",
            "suspect.safetensors", "lenet-permuted-rescaled.safetensors",
            "suspect.onnx", "lenet-pruned-70-retrained.zip",
            "model.safetensors", "vgg-resaved.safetensors",
            "lenet-original.zip", "lenet-original.zip",
            "lenet-permuted-rescaled.safetensors", "lenet-permuted-rescaled.safetensors");

    private static final Set<String> OUTPUTS = Set.of("--out", "--journal", "--tokens-file", "--to");

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-");

    /** Done, a match or a difference, and a scan that tells nothing: all of them are what a document may show. */
    private static final Set<Integer> FINE = Set.of(ExitCode.NO_MATCH, ExitCode.MATCH, ExitCode.INCONCLUSIVE);

    /** The tutorial shows what a file comes to that cannot be read. */
    private static final String BROKEN = "broken-truncated.zip";

    @TempDir
    private static Path folder;

    private final Ports ports = Ports.free();
    private final Map<Path, Path> foldersOfDocuments = new HashMap<>();
    private LocalStack stack;

    @BeforeAll
    void start() throws Exception {
        DemoSet.load().extractTo(folder.resolve("models"));
        var settings = new Settings(Map.of(
                "bootstrap.servers", ports.bootstrapServers(),
                "schema.registry.url", ports.registryUrl(),
                "weighbridge.sink.log", "false"));
        stack = LocalStack.start(settings, folder.resolve("data"), ports, AccessSettings.open(settings), line -> {});
    }

    @AfterAll
    void stop() {
        stack.close();
    }

    @Test
    void shouldRunAsShown() throws IOException {
        var commands = DocumentedCommand.all();

        assertThat(commands).hasSizeGreaterThan(30);
        for (DocumentedCommand command : commands) {
            if (!command.program().equals("weighbridge")) {
                assertThat(OTHER_PROGRAMS).as(command.toString()).containsKey(command.program());
            } else if (ONLY_PARSED.keySet().stream().anyMatch(command::beginsWith)) {
                assertThatCode(() -> Weighbridge.commandLine()
                                .parseArgs(command.arguments().toArray(String[]::new)))
                        .as(command.toString())
                        .doesNotThrowAnyException();
            } else {
                run(command);
            }
        }
    }

    private void run(DocumentedCommand command) throws IOException {
        var arguments = new ArrayList<String>();
        Path here = folderOf(command.document());
        String before = "";
        for (String argument : command.arguments()) {
            arguments.add(inFolder(argument, before, here));
            before = argument;
        }
        if (takesPort(arguments)) {
            arguments.addAll(List.of("--port", Integer.toString(ports.http())));
        }
        var out = new StringWriter();
        int exit = commandLine(out).execute(arguments.toArray(String[]::new));
        if (command.text().contains(BROKEN)) {
            assertThat(exit).as(command + "\n" + out).isEqualTo(ExitCode.ERROR);
        } else {
            assertThat(FINE).as(command + "\n" + out).contains(exit);
        }
    }

    private String inFolder(String argument, String before, Path here) {
        if (argument.equals("ID")) {
            return anyAlert();
        }
        if (OUTPUTS.contains(before) && !TIME.matcher(argument).lookingAt() || Files.exists(here.resolve(argument))) {
            return here.resolve(argument).toString();
        }
        Path inRepository = DocumentedCommand.ROOT.resolve(argument);
        return argument.contains("/") && Files.exists(inRepository) ? inRepository.toString() : argument;
    }

    private static boolean takesPort(List<String> arguments) {
        CommandLine command = Weighbridge.commandLine();
        for (String argument : arguments) {
            CommandLine sub = command.getSubcommands().get(argument);
            if (sub == null) {
                break;
            }
            command = sub;
        }
        return command.getCommandSpec().findOption("--port") != null;
    }

    private static CommandLine commandLine(StringWriter out) {
        return Weighbridge.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    }

    private String anyAlert() {
        var out = new StringWriter();
        commandLine(out).execute("alerts", "ls", "--format", "json", "--port", Integer.toString(ports.http()));
        return out.toString().replaceFirst("(?s).*?\"alertId\":\"([0-9a-f]+)\".*", "$1");
    }

    private Path folderOf(Path document) throws IOException {
        Path known = foldersOfDocuments.get(document);
        if (known != null) {
            return known;
        }
        Path made = Files.createDirectories(folder.resolve("documents").resolve(document.toString()));
        for (var file : FILES.entrySet()) {
            Files.copy(folder.resolve("models").resolve(file.getValue()), made.resolve(file.getKey()));
        }
        Files.writeString(
                made.resolve("hasher.properties"),
                "bootstrap.servers=" + ports.bootstrapServers() + "\nschema.registry.url=" + ports.registryUrl()
                        + "\n");
        foldersOfDocuments.put(document, made);
        return made;
    }
}

package io.weighbridge.app.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A command that a document shows in a block of its own.
 *
 * @param document below the root of the repository
 * @param line number of the block's first line
 * @param text without prompt, remark, {@code &} and redirection
 */
record DocumentedCommand(Path document, int line, String text) {

    static final Path ROOT = Path.of("..");

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
    private static final Pattern COMMAND =
            Pattern.compile("(?:\\$ )?(?:\\./)?(?:weighbridge|mvn|docker|kubectl|curl|openssl) .+");
    private static final Pattern REMARK = Pattern.compile("\\s*&?\\s{2,}#.*|\\s# .*|\\s*&$|\\s>\\s.*");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

    /** What a block shows that holds no commands. */
    private static final List<String> OTHER_CONTENT =
            List.of("text", "json", "yaml", "properties", "java", "python", "diff", "mermaid", "promql");

    /** All that the documents show, in order. */
    static List<DocumentedCommand> all() throws IOException {
        var found = new ArrayList<DocumentedCommand>();
        for (Path document : documents()) {
            String text = Files.readString(document);
            for (MatchResult block : BLOCK.matcher(text).results().toList()) {
                if (!OTHER_CONTENT.contains(block.group(1))) {
                    int line = (int) text.substring(0, block.start()).lines().count() + 1;
                    add(ROOT.relativize(document), line, block.group(2), found);
                }
            }
        }
        return found;
    }

    /** The documents of the repository, by path. */
    static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"));
                Stream<Path> docker = Files.walk(ROOT.resolve("docker"));
                Stream<Path> root = Files.list(ROOT)) {
            return Stream.of(root, docs, docker)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    /** In a block with a prompt only lines that begin with it are commands: the others are what they print. */
    private static void add(Path document, int line, String block, List<DocumentedCommand> found) {
        boolean hasPrompt = block.startsWith("$ ");
        for (String one : block.replace("\\\n", " ").split("\n")) {
            if (COMMAND.matcher(one).matches() && (!hasPrompt || one.startsWith("$ "))) {
                String text = REMARK.matcher(one.startsWith("$ ") ? one.substring(2) : one)
                        .replaceAll("")
                        .strip();
                found.add(new DocumentedCommand(document, line, text));
            }
        }
    }

    /** The program, {@code weighbridge} for our own however it is called. */
    String program() {
        return words().get(0).replaceFirst("^\\./", "");
    }

    /** Whether it begins with these arguments. */
    boolean beginsWith(String arguments) {
        return (String.join(" ", arguments()) + " ").startsWith(arguments + " ");
    }

    /** Its arguments. */
    List<String> arguments() {
        var words = words();
        return words.subList(1, words.size());
    }

    private List<String> words() {
        return WORD.matcher(text)
                .results()
                .map(word ->
                        word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3))
                .toList();
    }

    @Override
    public String toString() {
        return document + ":" + line + ": " + text;
    }
}

package io.weighbridge.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options that every command has, and the one place from which results are printed. */
public final class OutputOptions {

    /** How results are printed. */
    public enum Format {
        text,
        json
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--format",
            paramLabel = "text|json",
            defaultValue = "text",
            description =
                    "How results are printed: ${COMPLETION-CANDIDATES}; json is one object a line. Default: text.")
    private Format format;

    @Option(names = "--verbose", description = "Show the stack trace of an error.")
    private boolean verbose;

    public boolean isJson() {
        return format == Format.json;
    }

    /** Prints one result in the chosen format, and flushes it: a reader of a pipe sees it at once. */
    public synchronized void print(JsonNode json, Supplier<String> text) {
        line(isJson() ? oneLine(json) : text.get());
    }

    /** Prints a line of text for people; nothing in json. */
    public synchronized void say(String text) {
        if (!isJson()) {
            line(text);
        }
    }

    /** Tells the user something that is not a result, on the error stream. */
    public synchronized void note(String text) {
        var err = command.commandLine().getErr();
        err.println(text);
        err.flush();
    }

    /** Whether nobody reads what is printed any more: the reader of a pipe has gone. */
    public synchronized boolean isClosed() {
        return command.commandLine().getOut().checkError() || System.out.checkError();
    }

    private void line(String text) {
        var out = command.commandLine().getOut();
        out.println(text);
        out.flush();
    }

    private static String oneLine(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}

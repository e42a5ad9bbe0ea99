package io.weighbridge.app.cli;

import java.nio.charset.Charset;
import java.util.Map;

/**
 * What the reader's terminal can show.
 *
 * @param hasBlocks whether block characters arrive as they are
 * @param hasColour whether colours may be used
 */
public record Terminal(boolean hasBlocks, boolean hasColour) {

    private static final String BLOCKS = "█▓░·";

    /** The terminal of this process; no colours in a pipe or a file. */
    public static Terminal detect() {
        return of(System.getenv(), System.console() != null, Charset.defaultCharset());
    }

    /** <a href="https://no-color.org">NO_COLOR</a> with any value but the empty one means none. */
    static Terminal of(Map<String, String> environment, boolean isTerminal, Charset charset) {
        boolean isRefused = !environment.getOrDefault("NO_COLOR", "").isEmpty()
                || environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminal(charset.newEncoder().canEncode(BLOCKS), isTerminal && !isRefused);
    }
}

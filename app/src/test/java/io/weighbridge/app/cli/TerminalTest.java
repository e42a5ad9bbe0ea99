package io.weighbridge.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    private static final Map<String, String> XTERM = Map.of("TERM", "xterm");

    @Test
    void shouldUseColoursOnATerminalOnly() {
        assertThat(Terminal.of(XTERM, true, StandardCharsets.UTF_8).hasColour()).isTrue();
        assertThat(Terminal.of(XTERM, false, StandardCharsets.UTF_8).hasColour())
                .isFalse();
        assertThat(Terminal.of(Map.of("TERM", "dumb"), true, StandardCharsets.UTF_8)
                        .hasColour())
                .isFalse();
    }

    @Test
    void shouldHonourNoColor() {
        assertThat(Terminal.of(Map.of("TERM", "xterm", "NO_COLOR", "1"), true, StandardCharsets.UTF_8)
                        .hasColour())
                .isFalse();
        assertThat(Terminal.of(Map.of("TERM", "xterm", "NO_COLOR", ""), true, StandardCharsets.UTF_8)
                        .hasColour())
                .isTrue();
    }

    @Test
    void shouldUseBlocksWhereTheyCanBeEncoded() {
        assertThat(Terminal.of(XTERM, true, StandardCharsets.UTF_8).hasBlocks()).isTrue();
        assertThat(Terminal.of(XTERM, true, StandardCharsets.US_ASCII).hasBlocks())
                .isFalse();
    }
}

package io.weighbridge.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void shouldAlignColumns() {
        var table = new Table("id", "status").row("a-long-id", "OK").row("b", null);

        assertThat(table.toString().lines()).containsExactly("id         status", "a-long-id  OK", "b          -");
    }

    @Test
    void shouldKeepControlCharactersFromTheTerminal() {
        assertThat(new Table("id").row("red\u001b[31m\n").toString()).endsWith("red?[31m?");
    }

    @Test
    void shouldRefuseARowOfAnotherLength() {
        assertThatThrownBy(() -> new Table("id").row("a", "b")).hasMessageContaining("expected 1 cells, got 2");
    }
}

package io.weighbridge.app.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {

    @Test
    void shouldKeepNamesFromFilesInTheirCell() {
        var table = new MarkdownTable(List.of("file", "bits")).row(List.of("a|b\nc", "1"));

        assertThat(table.toString()).isEqualTo("| file | bits |\n| --- | ---: |\n| a\\|b?c | 1 |");
    }

    @Test
    void shouldRefuseARowThatDoesNotFit() {
        assertThatThrownBy(() -> new MarkdownTable(List.of("a")).row(List.of("b", "c")))
                .hasMessageContaining("expected 1 cells, got 2");
    }
}

package io.weighbridge.app.evaluate.report;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TemplateTest {

    @Test
    void shouldWantEveryPlaceFilled() {
        assertThatThrownBy(() -> Template.load("second").filled()).hasMessageContaining("template second: nothing for");
    }

    @Test
    void shouldWantEveryTemplateThere() {
        assertThatThrownBy(() -> Template.load("third")).hasMessageContaining("evaluate/third.md is missing");
    }
}

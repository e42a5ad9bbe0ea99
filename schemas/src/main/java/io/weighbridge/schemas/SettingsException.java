package io.weighbridge.schemas;

import java.util.Collection;
import java.util.List;

/** Some settings are wrong; the message names all of them, a line each. */
public final class SettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final List<String> problems;

    SettingsException(Collection<String> problems) {
        super("settings:\n  " + String.join("\n  ", problems));
        this.problems = List.copyOf(problems);
    }

    /** What is wrong, each setting by itself. */
    public List<String> problems() {
        return problems;
    }
}

package io.weighbridge.schemas;

import java.util.Collection;

/** Some settings are wrong; the message names all of them, a line each. */
public final class SettingsException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    SettingsException(Collection<String> problems) {
        super("settings:\n  " + String.join("\n  ", problems));
    }
}

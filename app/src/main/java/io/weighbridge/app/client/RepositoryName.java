package io.weighbridge.app.client;

import java.util.regex.Pattern;

/** The name of a repository, {@code OWNER/NAME}, as an upload event has it. */
public final class RepositoryName {

    private static final Pattern FORM = Pattern.compile("[^/\\s]+/[^/\\s]+");

    private RepositoryName() {}

    /** Whether the text is one. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }
}

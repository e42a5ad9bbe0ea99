package io.weighbridge.app.feed;

import java.util.regex.Pattern;

/** Reasons without what differs between two files that fail alike. */
final class ReasonText {

    private static final int LONGEST = 300;
    private static final Pattern ADDRESS = Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]*:/+[^\\s,;)]+");
    private static final Pattern DIGEST = Pattern.compile("\\b[0-9a-fA-F]{16,}\\b");
    private static final Pattern FILE = Pattern.compile("[\\w./-]*[\\w-]+\\.[A-Za-z][A-Za-z0-9]{1,11}\\b");
    private static final Pattern NUMBER = Pattern.compile("\\b[0-9][0-9.,]*(?![0-9.,]*[A-Za-z])");

    private ReasonText() {}

    /** Addresses, digests, file names and numbers become {@code …}. */
    static String normalised(String reason) {
        String text = reason.length() > LONGEST ? reason.substring(0, LONGEST) : reason;
        for (Pattern pattern : new Pattern[] {ADDRESS, DIGEST, FILE, NUMBER}) {
            text = pattern.matcher(text).replaceAll("…");
        }
        return text.strip();
    }
}

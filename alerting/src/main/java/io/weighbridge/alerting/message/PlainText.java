package io.weighbridge.alerting.message;

/** Names that uploaders chose, made harmless wherever a line break or an invisible character could deceive a reader. */
public final class PlainText {

    private PlainText() {}

    /** The text with {@code ?} for each control, format and separating character: it stays on one line, and reads in one direction. */
    public static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }
}

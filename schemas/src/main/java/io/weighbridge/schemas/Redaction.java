package io.weighbridge.schemas;

import java.util.regex.Pattern;

/** Texts without the secrets that addresses in them hold: users and passwords before the host, and signatures and tokens of the query. */
public final class Redaction {

    /** What stands for a secret. */
    public static final String HIDDEN = "***";

    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/\\s?#\"]*@");
    private static final Pattern QUERY = Pattern.compile(
            "([?&][^=&\\s\"]*(?:sig|token|key|secret|credential|password|auth|policy)[^=&\\s\"]*=)[^&\\s#\"]+",
            Pattern.CASE_INSENSITIVE);

    private Redaction() {}

    /** The text with {@value #HIDDEN} for each secret. */
    public static String of(String text) {
        return QUERY.matcher(USER_INFO.matcher(text).replaceAll(HIDDEN + "@")).replaceAll("$1" + HIDDEN);
    }
}

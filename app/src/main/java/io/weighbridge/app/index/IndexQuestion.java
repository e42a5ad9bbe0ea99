package io.weighbridge.app.index;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import java.util.OptionalInt;

/**
 * What is near a code?
 *
 * @param radiusBits inclusive; the matcher's threshold if empty
 * @param limit how many models to name at most, 1 to {@value #MOST}
 */
public record IndexQuestion(PerceptualCode code, OptionalInt radiusBits, int limit) {

    /** Models named unless asked for more, or fewer. */
    public static final int DEFAULT_LIMIT = 100;

    /** More models than this are never named. */
    public static final int MOST = 500;

    public IndexQuestion {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("limit: expected 1 to " + MOST + ", got " + limit);
        }
    }

    /**
     * Reads a code as people write it.
     *
     * @param text such as {@code pri@3:0f1e…}
     * @throws IllegalArgumentException if it is none
     */
    public static PerceptualCode code(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("code: expected ALGORITHM:HEX such as pri@3:0f1e, got "
                    + text.substring(0, Math.min(text.length(), 40)));
        }
        return PerceptualCode.fromHex(AlgorithmId.parse(text.substring(0, colon)), text.substring(colon + 1));
    }

    /** The code as {@link #code} reads it. */
    public static String text(PerceptualCode code) {
        return code.algorithm() + ":" + code.hex();
    }

    /** The question as the query of an address. */
    String query() {
        return "code=" + text(code) + "&limit=" + limit
                + (radiusBits.isPresent() ? "&radius=" + radiusBits.getAsInt() : "");
    }
}

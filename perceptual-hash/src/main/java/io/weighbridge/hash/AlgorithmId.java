package io.weighbridge.hash;

import java.util.regex.Pattern;

/** Name and version of a hash algorithm, written {@code pri@3}, or {@code pri-qkdwfz@3} with a {@link SiteKey}. Only codes of equal ids are comparable. */
public record AlgorithmId(String name, int version) {

    private static final Pattern TEXT = Pattern.compile("([a-z]{2,16}(?:-[a-z]{6})?)@([1-9][0-9]{0,2})");

    public AlgorithmId {
        if (!TEXT.matcher(name + "@" + version).matches()) {
            throw new IllegalArgumentException(
                    "algorithm: expected name@version such as pri@3, got " + name + "@" + version);
        }
    }

    /** Reads {@code name@version}. */
    public static AlgorithmId parse(String text) {
        var match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("algorithm: expected name@version such as pri@3, got " + text);
        }
        return new AlgorithmId(match.group(1), Integer.parseInt(match.group(2)));
    }

    /** The name without a key's fingerprint: algorithms of one family and version differ in their basis alone. */
    public String family() {
        int dash = name.indexOf('-');
        return dash < 0 ? name : name.substring(0, dash);
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}

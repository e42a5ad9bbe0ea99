package io.weighbridge.hash;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which layers are hashed: names compared naturally, so that {@code layer2} comes before {@code layer10}. Formats order
 * their tensors differently (safetensors sorts by plain text, PyTorch does not); the hash must not depend on it.
 */
public final class CanonicalOrder implements Comparator<String> {

    private static final CanonicalOrder OF_NAMES = new CanonicalOrder();

    private CanonicalOrder() {}

    /** The order of names alone. */
    public static Comparator<String> ofNames() {
        return OF_NAMES;
    }

    /** The layers sorted by name; a new list. */
    static <L extends WeightLayer> List<L> of(List<? extends L> layers) {
        var sorted = new ArrayList<L>(layers);
        sorted.sort(Comparator.comparing(WeightLayer::name, OF_NAMES));
        return sorted;
    }

    /** Runs of digits compare as numbers, everything else as UTF-16 units; equal numbers of other lengths fall back to plain text. */
    @Override
    public int compare(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
                int endA = endOfDigits(a, i);
                int endB = endOfDigits(b, j);
                int order = compareNumbers(a.substring(i, endA), b.substring(j, endB));
                if (order != 0) {
                    return order;
                }
                i = endA;
                j = endB;
            } else if (a.charAt(i) != b.charAt(j)) {
                return Character.compare(a.charAt(i), b.charAt(j));
            } else {
                i++;
                j++;
            }
        }
        int order = Integer.compare(a.length() - i, b.length() - j);
        return order != 0 ? order : a.compareTo(b);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int endOfDigits(String text, int from) {
        int end = from;
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int compareNumbers(String a, String b) {
        String x = withoutLeadingZeros(a);
        String y = withoutLeadingZeros(b);
        return x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
    }

    private static String withoutLeadingZeros(String digits) {
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }
}

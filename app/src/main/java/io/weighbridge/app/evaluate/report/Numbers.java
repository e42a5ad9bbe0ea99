package io.weighbridge.app.evaluate.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** How numbers are written. Nothing is rounded up to a whole: 100 % and 1.0000 mean all, and nothing less. */
final class Numbers {

    static final String NONE = "–";

    private static final String DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private Numbers() {}

    /** Digits in groups of three. */
    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** A share of one, four digits: {@code 0.9987}. */
    static String share(double share) {
        return rounded(share, 1, 4);
    }

    /** An area under a curve, five digits. */
    static String area(double area) {
        return rounded(area, 1, 5);
    }

    /** A distance as a share of the bits, three digits. */
    static String distance(double share) {
        return String.format(Locale.ROOT, "%.3f", share);
    }

    /** Deviations, one digit. */
    static String score(double deviations) {
        return String.format(Locale.ROOT, "%.1f", deviations);
    }

    /** Two digits after the point. */
    static String plain(double number) {
        return String.format(Locale.ROOT, "%.2f", number);
    }

    /** Percent, one digit. */
    static String percent(double share) {
        return share == 1 ? "100 %" : rounded(100 * share, 100, 1) + " %";
    }

    /** Percent, one digit, if there is a number. */
    static String percent(OptionalDouble share) {
        return share.isPresent() ? percent(share.getAsDouble()) : NONE;
    }

    /** A rate: {@code 2.3·10⁻⁵}, or {@code 10⁻⁴} for a power of ten. */
    static String rate(double rate) {
        if (rate == 0) {
            return "0";
        }
        if (rate >= .1) {
            return plain(rate);
        }
        String[] parts = String.format(Locale.ROOT, "%.1e", rate).split("e");
        String power = "10" + superscript(Integer.parseInt(parts[1]));
        return parts[0].equals("1.0") ? power : parts[0] + "·" + power;
    }

    private static String superscript(int exponent) {
        var text = new StringBuilder(exponent < 0 ? "⁻" : "");
        for (char digit : Integer.toString(Math.abs(exponent)).toCharArray()) {
            text.append(DIGITS.charAt(digit - '0'));
        }
        return text.toString();
    }

    /** Rounded, but not up to {@code whole}. */
    private static String rounded(double number, double whole, int digits) {
        double below = whole - Math.pow(10, -digits);
        double shown = number < whole ? Math.min(number, below) : number;
        return String.format(Locale.ROOT, "%." + digits + "f", shown);
    }
}

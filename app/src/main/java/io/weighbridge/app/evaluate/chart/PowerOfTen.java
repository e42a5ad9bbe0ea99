package io.weighbridge.app.evaluate.chart;

import java.text.FieldPosition;
import java.text.NumberFormat;
import java.text.ParsePosition;

/** Writes powers of ten as 10⁻³, and other numbers as a blank. */
final class PowerOfTen extends NumberFormat {

    private static final String DIGITS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    @Override
    public StringBuffer format(double number, StringBuffer to, FieldPosition position) {
        long exponent = Math.round(Math.log10(number));
        if (Math.abs(number / Math.pow(10, exponent) - 1) > 1e-6) {
            return to.append(' ');
        }
        return to.append(exponent == 0 ? "1" : text(exponent));
    }

    @Override
    public StringBuffer format(long number, StringBuffer to, FieldPosition position) {
        return format((double) number, to, position);
    }

    @Override
    public Number parse(String source, ParsePosition position) {
        throw new UnsupportedOperationException("only writes");
    }

    /** 10 to a power, e.g. {@code 10⁻¹¹}. */
    static String text(long exponent) {
        var text = new StringBuilder("10").append(exponent < 0 ? "⁻" : "");
        for (char digit : Long.toString(Math.abs(exponent)).toCharArray()) {
            text.append(DIGITS.charAt(digit - '0'));
        }
        return text.toString();
    }
}

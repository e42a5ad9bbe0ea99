package io.weighbridge.alerting.export;

import java.io.IOException;
import java.io.Writer;

/** Rows of CSV as RFC 4180 has them: commas between fields, CR LF behind rows, quotes where a field needs them. */
final class CsvRows {

    private final Writer out;
    private boolean isRowBegun;

    CsvRows(Writer out) {
        this.out = out;
    }

    /** A field that we made, such as a number; empty for null. */
    void value(Object value) throws IOException {
        if (isRowBegun) {
            out.write(',');
        }
        isRowBegun = true;
        out.write(quoted(value == null ? "" : value.toString()));
    }

    /**
     * A field that others wrote; empty for null. Spreadsheets take what begins with {@code = + - @}, a tab or a line break for a formula, which
     * a name may not be: an apostrophe in front makes it a text.
     */
    void text(String text) throws IOException {
        boolean isFormula = text != null && !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
        value(isFormula ? "'" + text : text);
    }

    void end() throws IOException {
        out.write("\r\n");
        isRowBegun = false;
    }

    void flush() throws IOException {
        out.flush();
    }

    private static String quoted(String text) {
        boolean isPlain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return isPlain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}

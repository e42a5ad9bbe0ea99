package io.weighbridge.app.cli.operate;

import io.weighbridge.app.cli.Table;
import io.weighbridge.app.feed.DeadLetterRow;
import io.weighbridge.app.operate.letter.LetterContent;
import io.weighbridge.app.operate.letter.Part;
import java.util.ArrayList;
import java.util.List;

/** A dead letter in lines of text. What strangers wrote keeps to its line. */
final class LetterReport {

    private LetterReport() {}

    static List<String> lines(DeadLetterRow row, LetterContent content, String redrive) {
        var lines = new ArrayList<String>();
        add(lines, "id", row.id());
        add(lines, "failed at", row.failedAt().toString());
        add(lines, "stage", row.stage());
        add(lines, "cause", row.cause());
        add(lines, "lies at", content.place());
        add(lines, "redrive", redrive);
        content.headers().forEach(header -> add(lines, "header", header));
        add(lines, "key", words(content.key()));
        add(lines, "value", words(content.value()));
        add(lines, "decoded", content.decoded().orElse("no: " + content.undecodable()));
        return lines;
    }

    private static void add(List<String> lines, String name, String text) {
        lines.add(String.format("%-10s %s", name, Table.oneLine(text)));
    }

    private static String words(Part part) {
        if (part.isAbsent()) {
            return "null";
        }
        return part.bytes() + " bytes: " + part.head() + (part.isWhole() ? "" : " ...");
    }
}

package io.weighbridge.app.chaos;

import io.weighbridge.app.chaos.fault.Fault;
import io.weighbridge.app.chaos.fault.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToIntFunction;

/** The table of rounds by fault, in Markdown. */
final class ResultTable {

    private static final String BEGIN = "<!-- chaos: begin -->";
    private static final String END = "<!-- chaos: end -->";

    private static final String HEAD =
            "| fault | what happens | runs | uploads | alerts due | found | lost | doubled | wrong"
                    + " | dead letters | revived | lasted | recovered in | result |\n"
                    + "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|\n";

    private ResultTable() {}

    /**
     * A round that came to no result.
     *
     * @param why such as {@code skipped: no faketime}
     */
    record Missing(String fault, String why) {}

    /** Writes the file anew, its folder made if need be. */
    static void write(List<RoundResult> results, List<Missing> missing, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, of(results, missing));
    }

    /** Puts the table between the marks of a document, with the run that it is of. */
    static void writeInto(Path document, String run, String table) throws IOException {
        String text = Files.readString(document);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        if (from < 0 || to < from) {
            throw new IOException(document + ": expected the marks " + BEGIN + " and " + END);
        }
        Files.writeString(
                document, text.substring(0, from + BEGIN.length()) + "\n" + run + "\n\n" + table + text.substring(to));
    }

    static String of(List<RoundResult> results, List<Missing> missing) {
        var table = new StringBuilder(HEAD);
        for (Fault fault : Faults.all()) {
            var runs = results.stream()
                    .filter(result -> result.faults().equals(List.of(fault.id())))
                    .toList();
            String begin = "`" + fault.id() + "`";
            if (!runs.isEmpty()) {
                table.append(row(begin, cell(fault.description()), runs));
            }
            missing.stream()
                    .filter(one -> one.fault().equals(fault.id()))
                    .forEach(one -> table.append("| ")
                            .append(begin)
                            .append(" | ")
                            .append(cell(fault.description()))
                            .append(" | 0 | | | | | | | | | | | ")
                            .append(cell(one.why()))
                            .append(" |\n"));
        }
        if (!results.isEmpty()) {
            table.append(row("all with a result", "", results));
        }
        return table.toString();
    }

    private static String row(String name, String description, List<RoundResult> runs) {
        long clean = runs.stream().filter(RoundResult::isClean).count();
        return "| "
                + String.join(
                        " | ",
                        name,
                        description,
                        Integer.toString(runs.size()),
                        sum(runs, run -> run.reckoning().uploads()),
                        sum(runs, run -> run.reckoning().expected()),
                        sum(runs, run -> run.reckoning().found()),
                        sum(runs, run -> run.reckoning().allLost()),
                        sum(runs, run -> run.reckoning().allDoubled()),
                        sum(runs, run -> run.reckoning().allWrong()),
                        sum(runs, run -> run.reckoning().deadLetters()),
                        sum(runs, RoundResult::deaths),
                        longest(runs, run -> (int) run.lasted().toMillis()),
                        longest(runs, run -> (int) run.recovery().toMillis()),
                        clean == runs.size() ? "passed" : clean + " of " + runs.size() + " passed")
                + " |\n";
    }

    /** Text in which no bar ends the cell. */
    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String sum(List<RoundResult> runs, ToIntFunction<RoundResult> figure) {
        return Integer.toString(runs.stream().mapToInt(figure).sum());
    }

    private static String longest(List<RoundResult> runs, ToIntFunction<RoundResult> millis) {
        return String.format(
                Locale.ROOT, "%.1f s", runs.stream().mapToInt(millis).max().orElse(0) / 1000.0);
    }
}

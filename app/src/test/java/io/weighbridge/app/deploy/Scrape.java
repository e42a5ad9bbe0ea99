package io.weighbridge.app.deploy;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a process answered to a scraper, in Prometheus' text format. */
record Scrape(
        String text, Map<String, Family> families, Map<String, Set<String>> labelsBySeries, Map<String, Double> sums) {

    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern HELP = Pattern.compile("# HELP (\\S+) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** What belongs to one {@code TYPE} line. The {@code le} of histograms is no label of theirs. */
    record Family(String type, String help, Set<String> labels) {}

    static Scrape parse(String text) {
        var types = new TreeMap<String, String>();
        var helps = new HashMap<String, String>();
        var labels = new TreeMap<String, Set<String>>();
        var sums = new HashMap<String, Double>();
        for (String line : text.lines().toList()) {
            var type = TYPE.matcher(line);
            var help = HELP.matcher(line);
            var sample = SAMPLE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
            } else if (help.matches()) {
                helps.put(help.group(1), help.group(2));
            } else if (sample.matches()) {
                var names = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
                LABEL.matcher(sample.group(2) == null ? "" : sample.group(2))
                        .results()
                        .forEach(label -> names.add(label.group(1)));
                sums.merge(sample.group(1), Double.parseDouble(sample.group(3)), Double::sum);
            } else {
                throw new IllegalArgumentException("line of a scrape: expected the text format, got " + line);
            }
        }
        var families = new TreeMap<String, Family>();
        types.forEach((name, type) ->
                families.put(name, new Family(type, helps.getOrDefault(name, ""), labelsOf(name, type, labels))));
        return new Scrape(text, families, labels, sums);
    }

    private static Set<String> labelsOf(String family, String type, Map<String, Set<String>> labels) {
        boolean isPlain = type.equals("counter") || type.equals("gauge");
        return labels.getOrDefault(isPlain ? family : family + "_count", Set.of());
    }

    /** The samples of a series, whatever their labels, added up; 0 if there are none. */
    double sum(String series) {
        return sums.getOrDefault(series, 0.0);
    }

    /** The families of the product itself. */
    Map<String, Family> own() {
        var own = new TreeMap<>(families);
        own.keySet().removeIf(name -> !name.startsWith("weighbridge_"));
        return own;
    }
}

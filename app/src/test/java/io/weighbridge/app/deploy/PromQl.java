package io.weighbridge.app.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The metrics and labels that a query names. That it is well formed is judged by {@code promtool}. */
record PromQl(String query) {

    /** Given by whoever scrapes, or by Prometheus itself. */
    private static final Set<String> EVERYWHERE =
            Set.of("job", "instance", "le", "alertname", "alertstate", "severity");

    private static final Set<String> OF_PROMETHEUS = Set.of("up", "ALERTS");
    private static final Set<String> WORDS = Set.of(
            "and", "or", "unless", "on", "ignoring", "group_left", "group_right", "bool", "offset", "by", "without");

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without|on|ignoring)\\s*\\(([^)]*)\\)");
    private static final Pattern MATCHERS = Pattern.compile("\\{([^}]*)}");
    private static final Pattern NUMBERS = Pattern.compile("\\[[^]]*]|\\b\\d[\\w.]*");
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]*\\b(?!\\s*\\()");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    /** What is wrong with it, given what was scraped and what rules record; empty if nothing is. */
    List<String> problems(Scrape scrape, Set<String> recorded) {
        var known = new HashSet<>(EVERYWHERE);
        var problems = new ArrayList<String>();
        for (String metric : metrics()) {
            if (scrape.labelsBySeries().containsKey(metric)) {
                known.addAll(scrape.labelsBySeries().get(metric));
            } else if (!recorded.contains(metric) && !OF_PROMETHEUS.contains(metric)) {
                problems.add("no such metric: " + metric + " in " + query);
            }
        }
        for (String label : labels()) {
            if (!known.contains(label)) {
                problems.add("no such label: " + label + " in " + query);
            }
        }
        return problems;
    }

    Set<String> metrics() {
        String rest = STRING.matcher(query).replaceAll("");
        for (var noise : List.of(GROUPING, MATCHERS, NUMBERS)) {
            rest = noise.matcher(rest).replaceAll(" ");
        }
        var names = new TreeSet<String>();
        NAME.matcher(rest).results().map(MatchResult::group).forEach(names::add);
        names.removeAll(WORDS);
        return names;
    }

    Set<String> labels() {
        var names = new TreeSet<String>();
        String bare = STRING.matcher(query).replaceAll("");
        for (var list : List.of(GROUPING, MATCHERS)) {
            list.matcher(bare)
                    .results()
                    .flatMap(found -> LABEL.matcher(found.group(1)).results())
                    .map(MatchResult::group)
                    .forEach(names::add);
        }
        return names;
    }
}

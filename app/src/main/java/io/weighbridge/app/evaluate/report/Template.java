package io.weighbridge.app.evaluate.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prose with places {@code ${name}} for figures. Every place must be filled, and every filling used. */
final class Template {

    private static final Pattern PLACE = Pattern.compile("\\$\\{([a-zA-Z]+)}");

    private final String name;
    private final String text;
    private final Map<String, String> fillings = new HashMap<>();

    private Template(String name, String text) {
        this.name = name;
        this.text = text;
    }

    /** The resource {@code evaluate/NAME.md}. */
    static Template load(String name) {
        var resource = "/evaluate/" + name + ".md";
        try (var in = Template.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("resource " + resource + " is missing");
            }
            return new Template(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Template with(String place, Object filling) {
        fillings.put(place, filling.toString());
        return this;
    }

    /** The text with all places filled. */
    String filled() {
        var used = new HashSet<String>();
        String filled = PLACE.matcher(text).replaceAll(place -> {
            used.add(place.group(1));
            var filling = fillings.get(place.group(1));
            if (filling == null) {
                throw new IllegalStateException("template " + name + ": nothing for " + place.group());
            }
            return Matcher.quoteReplacement(filling);
        });
        if (!used.equals(fillings.keySet())) {
            throw new IllegalStateException(
                    "template " + name + ": expected the places " + fillings.keySet() + ", got " + used);
        }
        return filled;
    }
}

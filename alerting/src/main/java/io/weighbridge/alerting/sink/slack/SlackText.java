package io.weighbridge.alerting.sink.slack;

import io.weighbridge.alerting.message.AlertMessage;
import java.net.URI;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A message in Slack's mark-up. What others wrote can neither format, nor mention anybody, nor link: it is escaped and stands in code
 * spans, in which clients interpret nothing.
 */
final class SlackText {

    private SlackText() {}

    /** A bold first line, a line for each fact, and a link to the case if there is one. */
    static String of(AlertMessage message, Optional<URI> link) {
        String facts = message.facts().stream()
                .map(fact -> escaped(fact.name()) + ": " + code(fact.value()))
                .collect(Collectors.joining("\n"));
        return "*" + message.severity() + "* " + code(message.title()) + "\n" + facts
                + link.map(address -> "\n<" + address + "|Open the case>").orElse("");
    }

    private static String code(String text) {
        return "`" + escaped(text.isBlank() ? "-" : text.replace('`', '\'')) + "`";
    }

    /** The three characters that Slack asks to escape; the ampersand first, or it would be escaped twice. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}

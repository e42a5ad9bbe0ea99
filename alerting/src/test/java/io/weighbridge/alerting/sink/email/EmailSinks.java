package io.weighbridge.alerting.sink.email;

import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.schemas.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** E-mail sinks of tests, with pauses of milliseconds. */
final class EmailSinks {

    private EmailSinks() {}

    /** With one recipient, without protection, with settings of the sink on top. */
    static EmailSink at(int port, Map<String, String> more) {
        return new EmailSink(
                EmailSettings.of(settings(port, more)).orElseThrow(),
                new CaseLinks(Optional.of("https://board.example")));
    }

    static Settings settings(int port, Map<String, String> more) {
        var values = new HashMap<String, String>();
        values.put("host", "localhost");
        values.put("port", Integer.toString(port));
        values.put("security", "none");
        values.put("from", "weighbridge@example.org");
        values.put("to", "ann@example.org");
        values.put("first.pause", "2");
        values.put("longest.pause", "20");
        values.putAll(more);
        var settings = new HashMap<String, String>();
        values.forEach((key, value) -> settings.put("weighbridge.sink.email." + key, value));
        return new Settings(settings);
    }
}

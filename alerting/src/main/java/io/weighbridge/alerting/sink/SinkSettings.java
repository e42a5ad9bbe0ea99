package io.weighbridge.alerting.sink;

import io.weighbridge.schemas.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * Which sinks an installation has.
 *
 * @param isLogging whether every alert is written to the log
 * @param webhooks one for each address, in the order given
 */
public record SinkSettings(Settings settings, boolean isLogging, List<WebhookSettings> webhooks) {

    /** Setting: whether alerts are logged. */
    public static final String LOG = "weighbridge.sink.log";

    public SinkSettings {
        webhooks = List.copyOf(webhooks);
    }

    /**
     * Reads the settings of all sinks.
     *
     * @throws IllegalArgumentException naming each that is wrong
     */
    public static SinkSettings from(Settings settings) {
        var sinks = new SinkSettings(settings, settings.flag(LOG, true), WebhookSettings.all(settings));
        settings.check();
        return sinks;
    }

    /** The sinks, new ones at each call. */
    List<AlertSink> create() {
        var sinks = new ArrayList<AlertSink>();
        if (isLogging) {
            sinks.add(new LogSink());
        }
        webhooks.forEach(webhook -> sinks.add(new WebhookSink(webhook)));
        return sinks;
    }
}

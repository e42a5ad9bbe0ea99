package io.weighbridge.alerting.sink;

import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.alerting.sink.alertmanager.AlertmanagerSettings;
import io.weighbridge.alerting.sink.alertmanager.AlertmanagerSink;
import io.weighbridge.alerting.sink.email.EmailSettings;
import io.weighbridge.alerting.sink.email.EmailSink;
import io.weighbridge.alerting.sink.ocsf.OcsfSettings;
import io.weighbridge.alerting.sink.ocsf.OcsfSink;
import io.weighbridge.alerting.sink.slack.SlackSettings;
import io.weighbridge.alerting.sink.slack.SlackSink;
import io.weighbridge.alerting.sink.webhook.WebhookSettings;
import io.weighbridge.alerting.sink.webhook.WebhookSink;
import io.weighbridge.schemas.Setting;
import io.weighbridge.schemas.Settings;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which sinks an installation has.
 *
 * @param isLogging whether every alert is written to the log
 * @param webhooks one for each address, in the order given, as {@code slacks}
 */
public record SinkSettings(
        Settings settings,
        CaseLinks links,
        boolean isLogging,
        List<WebhookSettings> webhooks,
        List<SlackSettings> slacks,
        Optional<AlertmanagerSettings> alertmanager,
        Optional<OcsfSettings> ocsf,
        Optional<EmailSettings> email) {

    /** Setting: whether alerts are logged. */
    public static final String LOG = "weighbridge.sink.log";

    /** What is known of sinks. */
    public static final List<Setting> SETTINGS = Stream.of(
                    List.of(Setting.of(LOG, true), Setting.none(CaseLinks.BASE)),
                    WebhookSettings.SETTINGS,
                    SlackSettings.SETTINGS,
                    AlertmanagerSettings.SETTINGS,
                    OcsfSettings.SETTINGS,
                    EmailSettings.SETTINGS)
            .flatMap(List::stream)
            .toList();

    public SinkSettings {
        webhooks = List.copyOf(webhooks);
        slacks = List.copyOf(slacks);
    }

    /**
     * Reads the settings of all sinks.
     *
     * @throws IllegalArgumentException naming each that is wrong
     */
    public static SinkSettings from(Settings settings) {
        var sinks = new SinkSettings(
                settings,
                CaseLinks.of(settings),
                settings.flag(LOG, true),
                WebhookSettings.all(settings),
                SlackSettings.all(settings),
                AlertmanagerSettings.of(settings),
                OcsfSettings.of(settings),
                EmailSettings.of(settings));
        settings.check();
        return sinks;
    }

    /** What makes each sink; making one may open files. */
    List<Supplier<AlertSink>> sinks() {
        return Stream.of(
                        Stream.<Supplier<AlertSink>>of(LogSink::new).filter(sink -> isLogging),
                        webhooks.stream().<Supplier<AlertSink>>map(webhook -> () -> new WebhookSink(webhook)),
                        slacks.stream().<Supplier<AlertSink>>map(slack -> () -> new SlackSink(slack, links)),
                        alertmanager.stream().<Supplier<AlertSink>>map(told -> () -> new AlertmanagerSink(told, links)),
                        ocsf.stream().<Supplier<AlertSink>>map(file -> () -> new OcsfSink(file, links)),
                        email.stream().<Supplier<AlertSink>>map(mail -> () -> new EmailSink(mail, links)))
                .flatMap(sinks -> sinks)
                .toList();
    }

    /** Without the values, which hold passwords. */
    @Override
    public String toString() {
        return "SinkSettings[log=" + isLogging + ", " + webhooks + ", " + slacks + "]";
    }
}

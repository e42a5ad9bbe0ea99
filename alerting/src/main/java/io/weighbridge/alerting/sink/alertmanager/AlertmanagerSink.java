package io.weighbridge.alerting.sink.alertmanager;

import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.alerting.sink.attempt.HttpPost;
import io.weighbridge.alerting.sink.attempt.JsonBody;
import io.weighbridge.alerting.sink.attempt.Retries;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.time.Clock;

/** Fires an alert in Alertmanager for each case. */
public final class AlertmanagerSink implements AlertSink {

    private final String name;
    private final AlertmanagerCluster cluster;
    private final PostableAlert form;
    private final Retries retries;
    private final Clock clock;

    public AlertmanagerSink(AlertmanagerSettings settings, CaseLinks links) {
        this(settings, links, Clock.systemUTC());
    }

    AlertmanagerSink(AlertmanagerSettings settings, CaseLinks links, Clock clock) {
        name = settings.name();
        this.clock = clock;
        var members = settings.members().stream()
                .map(target -> new Member(new HttpPost(target)))
                .toList();
        cluster = new AlertmanagerCluster(members, settings.credentials().headers(), clock);
        form = new PostableAlert(links, settings.active());
        retries = new Retries(name, cluster.origins(), settings.retries());
    }

    @Override
    public String name() {
        return name;
    }

    /** The end of the alert is counted anew at every attempt. */
    @Override
    public Delivery deliver(InfringementAlert alert) throws InterruptedException {
        return retries.deliver(
                Occurrence.of(alert).id(), () -> cluster.send(JsonBody.of(form.json(alert, clock.instant()))));
    }
}

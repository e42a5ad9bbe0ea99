package io.weighbridge.alerting.sink.email;

import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.alerting.sink.attempt.Retries;
import io.weighbridge.alerting.sink.attempt.TimeLimit;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Mails each alert. Attempts run on threads of their own, since a read from a mail server cannot be interrupted: one that takes too long, or
 * is under way when the sink stops, is left to its timeouts.
 */
public final class EmailSink implements AlertSink {

    private final EmailSettings settings;
    private final CaseLinks links;
    private final MailServer server;
    private final Retries retries;
    private final ExecutorService threads;

    public EmailSink(EmailSettings settings, CaseLinks links) {
        this.settings = settings;
        this.links = links;
        server = new MailServer(settings.server());
        retries = new Retries(settings.name(), server.origin(), settings.retries());
        threads = Executors.newCachedThreadPool(EmailSink::daemon);
    }

    @Override
    public String name() {
        return settings.name();
    }

    @Override
    public Delivery deliver(InfringementAlert alert) throws InterruptedException {
        var mail = AlertMail.of(alert, settings.from(), settings.to(), links, Instant.now(), server.session());
        var mailing = new Mailing(server.origin(), settings.to());
        return retries.deliver(
                Occurrence.of(alert).id(),
                () -> mailing.advance(to -> TimeLimit.await(
                        threads.submit(() -> server.send(mail, to)),
                        settings.server().requestTimeout())));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private static Thread daemon(Runnable attempt) {
        var thread = new Thread(attempt, "sink-email-attempt");
        thread.setDaemon(true);
        return thread;
    }
}

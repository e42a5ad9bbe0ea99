package io.weighbridge.alerting.sink.ocsf;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.export.OcsfFinding;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.alerting.sink.attempt.JsonBody;
import io.weighbridge.alerting.sink.attempt.Retries;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends a finding for each alert, one JSON object a line, and returns once they are on the disk. */
public final class OcsfSink implements AlertSink {

    private static final Logger LOG = LoggerFactory.getLogger(OcsfSink.class);

    /** A disk makes some hundred writes last in a second; a write of many lines lasts hardly longer. */
    private static final int MOST_AT_ONCE = 128;

    private final String name;
    private final CaseLinks links;
    private final RotatingFile file;
    private final Retries retries;

    /** @throws UncheckedIOException if the file cannot be written, or another process writes it */
    public OcsfSink(OcsfSettings settings, CaseLinks links) {
        this(settings, links, Clock.systemUTC());
    }

    OcsfSink(OcsfSettings settings, CaseLinks links, Clock clock) {
        name = settings.name();
        this.links = links;
        try {
            file = new RotatingFile(settings, clock);
        } catch (IOException e) {
            throw new UncheckedIOException("sink " + name + ": cannot write " + settings.file(), e);
        }
        retries = new Retries(name, settings.file().toString(), settings.retries());
    }

    @Override
    public String name() {
        return name;
    }

    /** A line that was written just before a stop may be written again; both have the occurrence id as {@code metadata.uid}. */
    @Override
    public Delivery deliver(InfringementAlert alert) throws InterruptedException {
        byte[] line = line(alert);
        return retries.deliver(Occurrence.of(alert).id(), () -> {
            file.append(line);
            return new Delivery.Delivered();
        });
    }

    @Override
    public int mostAtOnce() {
        return MOST_AT_ONCE;
    }

    /** All of them in one write; if that fails, each by itself and as often as it is tried. */
    @Override
    public List<Delivery> deliverAll(List<InfringementAlert> alerts) throws InterruptedException {
        if (alerts.size() > 1) {
            var lines = new ByteArrayOutputStream();
            alerts.forEach(alert -> lines.writeBytes(line(alert)));
            try {
                file.append(lines.toByteArray());
                return Collections.nCopies(alerts.size(), new Delivery.Delivered());
            } catch (IOException e) {
                LOG.info(
                        event("sink.ocsf.lines.apart"),
                        "{}: {} lines were not written together: {}",
                        name,
                        alerts.size(),
                        e.toString());
            }
        }
        return AlertSink.super.deliverAll(alerts);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("sink " + name, e);
        }
    }

    private byte[] line(InfringementAlert alert) {
        byte[] json = JsonBody.of(OcsfFinding.of(alert, links));
        byte[] line = Arrays.copyOf(json, json.length + 1);
        line[json.length] = '\n';
        return line;
    }
}

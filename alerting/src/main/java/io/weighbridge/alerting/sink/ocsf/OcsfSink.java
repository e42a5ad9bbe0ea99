package io.weighbridge.alerting.sink.ocsf;

import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.export.OcsfFinding;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.alerting.sink.AlertSink;
import io.weighbridge.alerting.sink.Delivery;
import io.weighbridge.alerting.sink.attempt.JsonBody;
import io.weighbridge.alerting.sink.attempt.Retries;
import io.weighbridge.schemas.avro.InfringementAlert;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;

/** Appends a finding for each alert, one JSON object a line, and returns once it is on the disk. */
public final class OcsfSink implements AlertSink {

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

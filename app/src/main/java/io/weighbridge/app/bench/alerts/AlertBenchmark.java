package io.weighbridge.app.bench.alerts;

import io.weighbridge.alerting.Occurrence;
import io.weighbridge.app.bench.pipeline.Percentiles;
import io.weighbridge.app.bench.pipeline.RoleInstance;
import io.weighbridge.app.bench.pipeline.Stage;
import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.life.Role;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The alerting role in a process of its own, on an embedded broker, with a webhook that has a real receiver, and a file of findings. */
public final class AlertBenchmark {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final AlertPlan plan;
    private final Consumer<String> progress;
    private final MadeUpAlerts alerts;

    /** @param progress told a line when something begins */
    public AlertBenchmark(AlertPlan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
        alerts = new MadeUpAlerts(plan.cases());
    }

    /** @throws IOException if the process does not start, or something cannot be written */
    public AlertFigures run() throws IOException, InterruptedException {
        try (var receiver = HookReceiver.start();
                var findings = FindingFile.create();
                var stage = Stage.open(Map.of(
                        "weighbridge.sink.ocsf.file",
                        findings.path().toString(),
                        "weighbridge.sink.ocsf.max.bytes",
                        "1000000000000",
                        "weighbridge.sink.webhook.url",
                        receiver.url(),
                        "weighbridge.sink.webhook.secret",
                        "bench"));
                var watch = new CaseWatch(stage.cluster());
                var instance = stage.instance("alerting", Role.ALERTING);
                var producer = new BulkProducer(stage.cluster())) {
            progress.accept("starting alerting");
            instance.awaitReady(Stage.READY);
            progress.accept(plan.alerts() + " alerts at " + plan.perSecond() + " a second");
            var due = new HashMap<String, Long>();
            double seconds = send(stage, producer, due);
            progress.accept("waiting for the last");
            await(() -> watch.counted() >= plan.alerts() && receiver.keys() >= plan.alerts(), instance);
            long end = System.nanoTime() + PATIENCE.toNanos();
            while (findings.lines() < plan.alerts() && System.nanoTime() < end) {
                TimeUnit.SECONDS.sleep(1);
            }
            return figures(watch, receiver, findings, due, seconds);
        }
    }

    /** At a fixed rate. An alert's time is the one at which it is due: if this machine is late, the alert is. */
    private double send(Stage stage, BulkProducer producer, Map<String, Long> due) throws InterruptedException {
        var topic = stage.cluster().topics().infringementAlerts();
        long startNanos = System.nanoTime();
        var start = Instant.now();
        for (int number = 0; number < plan.alerts(); number++) {
            long dueNanos = (long) (number * 1e9 / plan.perSecond());
            TimeUnit.NANOSECONDS.sleep(dueNanos - (System.nanoTime() - startNanos));
            var at = start.plusNanos(dueNanos).truncatedTo(ChronoUnit.MILLIS);
            var alert = alerts.alert(number, at);
            due.put(Occurrence.of(alert).id(), at.toEpochMilli());
            producer.send(topic, alert.getAlertId(), alert, at);
        }
        producer.flush();
        return (System.nanoTime() - startNanos) / 1e9;
    }

    /** Waits for the last alert, and a little for those that should not come. */
    private static void await(BooleanSupplier isDone, RoleInstance instance) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isDone.getAsBoolean() && System.nanoTime() < end && instance.isAlive()) {
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        TimeUnit.SECONDS.sleep(2);
    }

    private AlertFigures figures(
            CaseWatch watch, HookReceiver receiver, FindingFile findings, Map<String, Long> due, double seconds)
            throws IOException {
        int wrong = 0;
        for (int number = 0; number < plan.cases(); number++) {
            boolean isRight = watch.occurrences(alerts.alertId(number)) == alerts.occurrences(number, plan.alerts());
            wrong += isRight ? 0 : 1;
        }
        var arrived = receiver.firstMillis();
        return new AlertFigures(
                plan.alerts(),
                plan.alerts() / seconds,
                watch.cases(),
                wrong,
                Percentiles.of(watch.latencyMillis().stream().mapToLong(Long::longValue)),
                receiver.calls(),
                (int) due.keySet().stream().filter(arrived::containsKey).count(),
                Percentiles.of(due.entrySet().stream()
                        .filter(alert -> arrived.containsKey(alert.getKey()))
                        .mapToLong(alert -> arrived.get(alert.getKey()) - alert.getValue())),
                findings.lines(),
                (int) findings.keys().stream().filter(due::containsKey).count());
    }
}

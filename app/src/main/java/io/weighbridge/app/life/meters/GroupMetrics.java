package io.weighbridge.app.life.meters;

import static io.weighbridge.schemas.LogEvent.event;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.weighbridge.app.client.GroupLag;
import io.weighbridge.app.client.GroupState;
import io.weighbridge.app.client.Groups;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consumer groups of the roles as the brokers know them, so that a role of which no process is left is seen too. They are asked in the
 * background: a scrape never waits for a broker. Figures are NaN while the brokers do not answer.
 */
public final class GroupMetrics implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMetrics.class);
    private static final Duration BETWEEN = Duration.ofSeconds(10);

    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "weighbridge-group-metrics");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Groups.Snapshot last = unknown("not asked yet");

    private GroupMetrics() {}

    /** Asks from now on, until it is closed. */
    public static GroupMetrics start(MeterRegistry meters, Groups groups, List<String> roles) {
        var metrics = new GroupMetrics();
        for (String role : roles) {
            String group = groups.ofRole(role);
            metrics.gauge("lag", role, snapshot -> lag(snapshot, group))
                    .description("Committed records that the role's consumer group has not read yet")
                    .baseUnit("records")
                    .register(meters);
            metrics.gauge("members", role, snapshot -> members(snapshot, group))
                    .description("Stream threads in the role's consumer group, all processes together")
                    .register(meters);
        }
        metrics.asking.scheduleWithFixedDelay(() -> metrics.ask(groups), 0, BETWEEN.toMillis(), TimeUnit.MILLISECONDS);
        return metrics;
    }

    private Gauge.Builder<?> gauge(String what, String role, ToDoubleFunction<Groups.Snapshot> figure) {
        return Gauge.builder(
                        "weighbridge.group." + what,
                        this,
                        all -> all.last.problem() == null ? figure.applyAsDouble(all.last) : Double.NaN)
                .tag("role", role);
    }

    /** A task that throws would never be run again, and the figures would stay as they are for ever. */
    private void ask(Groups groups) {
        try {
            last = groups.snapshot();
        } catch (RuntimeException e) {
            LOG.warn(event("metrics.groups.unknown"), "consumer groups: cannot be asked for", e);
            last = unknown(e.toString());
        }
    }

    private static Groups.Snapshot unknown(String problem) {
        return new Groups.Snapshot(Instant.now(), List.of(), List.of(), problem);
    }

    private static double lag(Groups.Snapshot snapshot, String group) {
        return snapshot.lags().stream()
                .filter(lag -> lag.group().equals(group))
                .mapToLong(GroupLag::lag)
                .sum();
    }

    /** 0 also for a group that the brokers do not know: its role never ran. */
    private static double members(Groups.Snapshot snapshot, String group) {
        return snapshot.states().stream()
                .filter(state -> state.group().equals(group))
                .mapToInt(GroupState::members)
                .sum();
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}

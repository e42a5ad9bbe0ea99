package io.weighbridge.alerting.sink;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The running sinks of an installation. */
public final class AlertSinks implements AutoCloseable {

    private final List<SinkRunner> runners = new ArrayList<>();

    private AlertSinks() {}

    /** Starts every sink that the settings name; what had been started is closed if one cannot be. */
    public static AlertSinks start(SinkSettings settings, AlertFilter filter, MeterRegistry registry) {
        var sinks = new AlertSinks();
        try {
            settings.sinks()
                    .forEach(sink ->
                            sinks.runners.add(SinkRunner.start(sink.get(), filter, settings.settings(), registry)));
            return sinks;
        } catch (RuntimeException e) {
            sinks.close();
            throw e;
        }
    }

    /** The names of those that run or have failed. */
    public List<String> names() {
        return runners.stream().map(SinkRunner::name).toList();
    }

    /** Why the first sink that stopped by itself did so; empty while all run. */
    public Optional<Throwable> failure() {
        return runners.stream()
                .flatMap((SinkRunner runner) -> runner.failure().stream())
                .findFirst();
    }

    @Override
    public void close() {
        runners.forEach(SinkRunner::stop);
        runners.forEach(SinkRunner::close);
    }
}

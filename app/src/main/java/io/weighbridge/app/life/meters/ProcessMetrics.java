package io.weighbridge.app.life.meters;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;

/** The process itself: memory, collections, threads, processors, open files, and how long it runs. */
public final class ProcessMetrics implements AutoCloseable {

    private final JvmGcMetrics collector = new JvmGcMetrics();

    private ProcessMetrics() {}

    /** Counts from now on, until it is closed. */
    public static ProcessMetrics bind(MeterRegistry meters) {
        new JvmMemoryMetrics().bindTo(meters);
        new JvmThreadMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new FileDescriptorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        var metrics = new ProcessMetrics();
        metrics.collector.bindTo(meters);
        return metrics;
    }

    @Override
    public void close() {
        collector.close();
    }
}

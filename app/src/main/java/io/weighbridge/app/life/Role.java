package io.weighbridge.app.life;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.weighbridge.schemas.Settings;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.streams.Topology;

/** The three stages of the stream, each a topology that scales out on its own. */
public enum Role {
    HASHER {
        @Override
        RoleParts parts(Settings settings, MeterRegistry meters) {
            return RoleParts.hasher(settings, meters);
        }
    },
    MATCHER {
        @Override
        RoleParts parts(Settings settings, MeterRegistry meters) {
            return RoleParts.matcher(settings, meters);
        }
    },
    ALERTING {
        @Override
        RoleParts parts(Settings settings, MeterRegistry meters) {
            return RoleParts.alerting(settings, meters);
        }
    };

    abstract RoleParts parts(Settings settings, MeterRegistry meters);

    /** The name on the command line and in application ids. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The names of all. */
    public static List<String> ids() {
        return Arrays.stream(values()).map(Role::id).toList();
    }

    /** The topology that these settings give; starts nothing. */
    public Topology topology(Settings settings) {
        try (RoleParts parts = parts(settings, new CompositeMeterRegistry())) {
            return parts.topology();
        }
    }

    /** What these settings come to, in words, a line each; for the matcher, its thresholds. */
    public List<String> inForce(Settings settings) {
        try (RoleParts parts = parts(settings, new CompositeMeterRegistry())) {
            return parts.inForce();
        }
    }
}

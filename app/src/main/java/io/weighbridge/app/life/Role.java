package io.weighbridge.app.life;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.weighbridge.alerting.AlertingSettings;
import io.weighbridge.alerting.sink.SinkSettings;
import io.weighbridge.hasher.HasherSettings;
import io.weighbridge.matcher.MatcherSettings;
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

        @Override
        void read(Settings settings) {
            HasherSettings.from(settings);
        }
    },
    MATCHER {
        @Override
        RoleParts parts(Settings settings, MeterRegistry meters) {
            return RoleParts.matcher(settings, meters);
        }

        @Override
        void read(Settings settings) {
            MatcherSettings.from(settings);
        }
    },
    ALERTING {
        @Override
        RoleParts parts(Settings settings, MeterRegistry meters) {
            return RoleParts.alerting(settings, meters);
        }

        @Override
        void read(Settings settings) {
            SinkSettings.from(settings);
            AlertingSettings.from(settings);
        }
    };

    abstract RoleParts parts(Settings settings, MeterRegistry meters);

    /**
     * Reads the settings of the role, and does no more.
     *
     * @throws IllegalArgumentException naming each that is wrong
     */
    abstract void read(Settings settings);

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

package io.weighbridge.app.life;

import static io.weighbridge.schemas.LogEvent.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.weighbridge.schemas.DeadLetterHandler;
import io.weighbridge.schemas.Settings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.errors.StreamsException;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts a role in spite of what can be mended, or passes. Kafka Streams reads global stores before it starts, and gives up at the first
 * failure; what fails later is up to {@link ThreadFailures}.
 */
final class RoleStart {

    private static final Logger LOG = LoggerFactory.getLogger(RoleStart.class);

    /** Two minutes: a registry that starts beside the role is there by then. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofSeconds(40),
            Duration.ofSeconds(40));

    private final Role role;
    private final Settings settings;
    private final MeterRegistry meters;

    RoleStart(Role role, Settings settings, MeterRegistry meters) {
        this.role = role;
        this.settings = settings;
        this.meters = meters;
    }

    /**
     * The role; it joins its group and restores its stores while this returns. Begins again while brokers or the registry give no answer.
     * Local state that is damaged is removed first, and read back from the topics that it is a copy of: Kafka Streams would fail at every
     * start.
     *
     * @throws StreamsException if it cannot start
     */
    RoleService start() {
        for (Duration pause : PAUSES) {
            try {
                return startOnSoundState();
            } catch (StreamsException e) {
                var outage = DeadLetterHandler.outage(e).orElseThrow(() -> e);
                LOG.warn(
                        event("role.start.postponed"),
                        "{}: cannot start yet, tries again in {} s: {}",
                        role.id(),
                        pause.toSeconds(),
                        outage.getMessage());
                sleep(pause);
            }
        }
        try {
            return startOnSoundState();
        } catch (StreamsException e) {
            throw DeadLetterHandler.outage(e)
                    .map(outage -> new StreamsException(role.id() + ": cannot start: " + outage.getMessage(), e))
                    .orElse(e);
        }
    }

    private RoleService startOnSoundState() {
        try {
            return RoleService.open(role, settings, meters, false);
        } catch (StreamsException e) {
            if (!isDamage(e)) {
                throw e;
            }
            LOG.error(
                    event("role.state.damaged"),
                    "{}: local state is damaged; it is removed, and read back from its topics",
                    role.id(),
                    e);
            return RoleService.open(role, settings, meters, true);
        }
    }

    /** Whether a store cannot read its own files; on a full disk it cannot write, which passes. */
    private static boolean isDamage(StreamsException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RocksDBException store) {
                return store.getStatus() == null || store.getStatus().getSubCode() != Status.SubCode.NoSpace;
            }
        }
        return false;
    }

    private static void sleep(Duration pause) {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}

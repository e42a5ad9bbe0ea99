package io.weighbridge.app.life;

import static io.weighbridge.schemas.LogEvent.event;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.weighbridge.app.index.InstanceIndex;
import io.weighbridge.app.index.Restoring;
import io.weighbridge.app.life.meters.RoleMetrics;
import io.weighbridge.matcher.MatcherQueries;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.StoreLibrary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One role, running. */
final class RoleService implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RoleService.class);
    private static final Duration CLOSE = Duration.ofSeconds(20);

    private final Role role;
    private final RoleParts parts;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics metrics;
    private final Companion companion;
    private final RestoreProgress restoring = new RestoreProgress();
    private final Optional<InstanceIndex> index;

    private RoleService(Role role, RoleParts parts, MeterRegistry meters) {
        this.role = role;
        this.parts = parts;
        this.streams = new KafkaStreams(parts.topology(), parts.streams());
        this.metrics = new KafkaStreamsMetrics(streams);
        streams.setGlobalStateRestoreListener(restoring);
        streams.setUncaughtExceptionHandler(new ThreadFailures(role.id()));
        streams.setStateListener((now, before) -> tell(role, now, before));
        metrics.bindTo(meters);
        this.companion = parts.companion().apply(streams);
        String here = parts.streams().getProperty(StreamsConfig.APPLICATION_SERVER_CONFIG);
        this.index = parts.queries()
                .apply(streams)
                .map(queries -> new InstanceIndex(queries, here, () -> restoring.of(MatcherQueries.STORE)));
    }

    /**
     * Starts a role; it joins its group and restores its stores while this returns.
     *
     * @param isAnew whether its local state is removed first, and read back
     */
    static RoleService open(Role role, Settings settings, MeterRegistry meters, boolean isAnew) {
        RoleParts parts = role.parts(settings, meters);
        createStateFolder(parts);
        StoreLibrary.loadFrom(stateFolder(parts).resolve("native"));
        var service = new RoleService(role, parts, meters);
        parts.inForce().forEach(line -> LOG.info(event("role.rules"), "{}: {}", role.id(), line));
        LOG.debug("{} topology:\n{}", role.id(), parts.topology().describe());
        try {
            var state = TopologyState.of(parts.streams(), service.streams::cleanUp);
            if (isAnew) {
                state.beginAnew(service.describe());
            } else {
                state.keepOnlyOf(service.describe());
            }
            service.streams.start();
            RoleMetrics.bind(
                    meters,
                    role.id(),
                    service::isLive,
                    service::isReady,
                    () -> service.restoring().values());
            return service;
        } catch (RuntimeException e) {
            // Such as a global store whose topic is missing: what runs beside the topology must not go on without it.
            service.close();
            throw e;
        }
    }

    private static void tell(Role role, KafkaStreams.State now, KafkaStreams.State before) {
        LOG.debug("{}: {} after {}", role.id(), now, before);
        if (now == KafkaStreams.State.RUNNING) {
            LOG.atInfo()
                    .addMarker(event("role.running"))
                    .addKeyValue("runs", role.id())
                    .log("{}: running", role.id());
        }
    }

    /** Kafka Streams gives up if another role makes the folder at the same moment. */
    private static void createStateFolder(RoleParts parts) {
        Path folder = stateFolder(parts);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(StreamsConfig.STATE_DIR_CONFIG + ": cannot make " + folder, e);
        }
    }

    private static Path stateFolder(RoleParts parts) {
        return Path.of(parts.streams().getProperty(StreamsConfig.STATE_DIR_CONFIG));
    }

    /** Where it keeps its state; several roles can have the same. */
    Path stateFolder() {
        return stateFolder(parts);
    }

    Role role() {
        return role;
    }

    /** This instance's part of the matcher's index; empty for another role. */
    Optional<InstanceIndex> index() {
        return index;
    }

    /** How far its stores are that are being read back. */
    Map<String, Restoring> restoring() {
        return restoring.byStore();
    }

    KafkaStreams.State state() {
        return streams.state();
    }

    String describe() {
        return parts.topology().describe().toString();
    }

    /** Running or about to: neither failed nor closed. */
    boolean isLive() {
        boolean isStreaming = state().isRunningOrRebalancing() || state() == KafkaStreams.State.CREATED;
        return isStreaming && companion.isLive();
    }

    /** Running with all stores restored. */
    boolean isReady() {
        return state() == KafkaStreams.State.RUNNING && restoring.isDone();
    }

    /** Finishes the records in hand, commits, and leaves the group, so that the next owner need not wait for a time-out. */
    @Override
    public void close() {
        Closing.quietly(companion);
        metrics.close();
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE));
        parts.close();
    }
}

package io.weighbridge.app.life;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.weighbridge.app.client.Gateway;
import io.weighbridge.app.client.Groups;
import io.weighbridge.app.client.KeptFiles;
import io.weighbridge.app.client.KeptFilesSettings;
import io.weighbridge.app.feed.LiveFeed;
import io.weighbridge.app.http.Health;
import io.weighbridge.app.http.InstanceRoutes;
import io.weighbridge.app.http.Listen;
import io.weighbridge.app.http.ManagementRoutes;
import io.weighbridge.app.http.ManagementServer;
import io.weighbridge.app.http.StackInfo;
import io.weighbridge.app.http.WebServer;
import io.weighbridge.app.http.access.Access;
import io.weighbridge.app.http.access.AccessSettings;
import io.weighbridge.app.http.access.KafkaAuditLog;
import io.weighbridge.app.http.resource.Resources;
import io.weighbridge.app.http.webhook.HuggingFaceRoutes;
import io.weighbridge.app.index.IndexGateway;
import io.weighbridge.app.index.InstanceIndex;
import io.weighbridge.app.life.meters.FeedMetrics;
import io.weighbridge.app.life.meters.GroupMetrics;
import io.weighbridge.app.life.meters.ProcessMetrics;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The HTTP side of a process: page and API, health and metrics. */
public final class FrontDoor implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Health health;
    private final ManagementRoutes management;
    private final InstanceRoutes instance;
    private volatile LiveFeed feed;

    /**
     * @param roles those of this process
     * @param describe gives the description of a role's topology
     * @param index this process's part of the matcher's index, if it has one
     */
    FrontDoor(
            Health health, Set<Role> roles, Function<Role, String> describe, Supplier<Optional<InstanceIndex>> index) {
        this.health = health;
        instance = new InstanceRoutes(index);
        Map<String, Supplier<String>> topologies =
                roles.stream().collect(Collectors.toMap(Role::id, role -> () -> describe.apply(role)));
        management = new ManagementRoutes(health, meters, topologies);
        parts.push(meters::close);
        parts.push(ProcessMetrics.bind(meters));
    }

    /** Where every part of the process counts. */
    MeterRegistry meters() {
        return meters;
    }

    /** Serves health and metrics; returns the port. */
    int openManagement(Listen listen) {
        var server = ManagementServer.start(listen, management, instance);
        parts.push(server);
        return server.port();
    }

    /** Serves the page and API, with health and metrics beside them; returns the port. */
    int openPage(Listen listen, Settings settings, StackInfo stack, IndexGateway index, AccessSettings rules) {
        feed = LiveFeed.start(settings);
        parts.push(feed);
        FeedMetrics.bind(meters, feed);
        var gateway = new Gateway(settings);
        parts.push(gateway);
        var groups = new Groups(gateway, Clock.systemUTC());
        parts.push(GroupMetrics.start(meters, groups, Role.ids()));
        var access = Access.of(rules, new KafkaAuditLog(settings, meters));
        parts.push(access);
        var resources = new ArrayList<>(Resources.of(feed, gateway, groups, health, keptFiles(settings)));
        HuggingFaceRoutes.secret(settings)
                .map(secret -> new HuggingFaceRoutes(
                        secret, access, event -> gateway.publisher().upload(event)))
                .ifPresent(resources::add);
        var server = WebServer.start(listen, feed, stack, index, management, access, resources);
        parts.push(server);
        return server.port();
    }

    private static Optional<KeptFiles> keptFiles(Settings settings) {
        try {
            return KeptFiles.of(settings, Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException(KeptFilesSettings.FOLDER + ": cannot be used", e);
        }
    }

    /** Whether the page has read all that was there when it opened, and has no trouble reading on. */
    boolean isFeedCurrent() {
        return feed != null && feed.isCurrent();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            Closing.quietly(parts.pop());
        }
    }
}

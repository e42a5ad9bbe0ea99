package io.weighbridge.app.life;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.weighbridge.app.http.Health;
import io.weighbridge.app.index.InstanceIndex;
import io.weighbridge.app.index.Restoring;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The roles of one process, and how they are. */
public final class Roles implements Health, AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);

    private final List<RoleService> services;

    private Roles(List<RoleService> services) {
        this.services = services;
    }

    /**
     * Starts the given roles side by side: joining a group takes longer than building a topology.
     *
     * @throws IllegalArgumentException naming each setting of theirs that is wrong
     */
    public static Roles start(Collection<Role> roles, Settings settings, MeterRegistry meters) {
        settings.checkAll(SettingsReaders.of(roles));
        var starting = roles.stream()
                .map(role -> CompletableFuture.supplyAsync(() -> new RoleStart(role, settings, meters).start()))
                .toList();
        try {
            var services = starting.stream().map(CompletableFuture::join).toList();
            services.stream()
                    .map(RoleService::stateFolder)
                    .distinct()
                    .forEach(folder -> new DiskSpaceMetrics(folder.toFile()).bindTo(meters));
            return new Roles(services);
        } catch (CompletionException e) {
            starting.forEach(role -> role.thenAccept(Closing::quietly));
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Waits until all are ready; returns false if the time is over first or one has failed. */
    public boolean awaitReady(Duration timeout) throws InterruptedException {
        long end = System.nanoTime() + timeout.toNanos();
        while (!ready()) {
            if (System.nanoTime() > end || !live()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL.toMillis());
        }
        return true;
    }

    /**
     * Waits until all are ready.
     *
     * @throws IOException if the time is over first or one has failed
     */
    public void requireReady(Duration timeout) throws IOException, InterruptedException {
        if (!awaitReady(timeout)) {
            requireLive();
            throw new IOException("not ready within " + timeout.toSeconds() + " s: " + states());
        }
    }

    /** @throws IOException if one has failed */
    public void requireLive() throws IOException {
        if (!live()) {
            throw new IOException("a role has failed: " + states());
        }
    }

    /** What the topology of a role looks like. */
    String describe(Role role) {
        return services.stream()
                .filter(service -> service.role() == role)
                .map(RoleService::describe)
                .findFirst()
                .orElseThrow();
    }

    /** The part of the matcher's index that is here; empty if no matcher is. */
    Optional<InstanceIndex> index() {
        return services.stream()
                .map(RoleService::index)
                .flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public Map<String, String> states() {
        var states = new LinkedHashMap<String, String>();
        services.forEach(
                service -> states.put(service.role().id(), service.state().name()));
        return states;
    }

    @Override
    public Map<String, Restoring> restoring(String role) {
        return services.stream()
                .filter(service -> service.role().id().equals(role))
                .findFirst()
                .map(RoleService::restoring)
                .orElse(Map.of());
    }

    @Override
    public boolean live() {
        return services.stream().allMatch(RoleService::isLive);
    }

    @Override
    public boolean ready() {
        return services.stream().allMatch(RoleService::isReady);
    }

    @Override
    public void close() {
        CompletableFuture.allOf(services.stream()
                        .map(service -> CompletableFuture.runAsync(service::close))
                        .toArray(CompletableFuture[]::new))
                .join();
    }
}

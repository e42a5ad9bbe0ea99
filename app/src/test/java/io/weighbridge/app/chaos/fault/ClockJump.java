package io.weighbridge.app.chaos.fault;

import io.weighbridge.app.chaos.site.SitePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Wall clocks jump two hours ahead, then to two hours behind, then back. Monotonic time goes on, as it does when somebody
 * sets the clock of a machine.
 */
final class ClockJump implements Fault {

    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/faketime/libfaketime.so.1"));
    private static final Duration EACH = Duration.ofSeconds(10);

    private final String id;
    private final String whose;
    private final BiFunction<SitePlan, Map<String, String>, SitePlan> environment;
    private Path offset;

    private ClockJump(String id, String whose, BiFunction<SitePlan, Map<String, String>, SitePlan> environment) {
        this.id = id;
        this.whose = whose;
        this.environment = environment;
    }

    static ClockJump ofAll() {
        return new ClockJump(
                "clock-jump",
                "every process, the broker's too,",
                (plan, more) -> plan.withEnvironment(more).withBrokerEnvironment(more));
    }

    static ClockJump ofRoles() {
        return new ClockJump("clock-jump-roles", "every role and the registry", SitePlan::withEnvironment);
    }

    static ClockJump ofBroker() {
        return new ClockJump("clock-jump-broker", "the broker", SitePlan::withBrokerEnvironment);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return "the clock of " + whose + " jumps two hours ahead, then to two hours behind, then back";
    }

    @Override
    public Optional<String> missing() {
        return library().isPresent()
                ? Optional.empty()
                : Optional.of("no libfaketime on this machine; Debian's package faketime has it");
    }

    @Override
    public boolean strikesAnySite() {
        return false;
    }

    @Override
    public SitePlan prepare(SitePlan plan) throws IOException {
        offset = Files.createTempFile("weighbridge-clock-", ".txt");
        set("+0");
        return environment.apply(
                plan,
                Map.of(
                        "LD_PRELOAD",
                        library().orElseThrow().toString(),
                        "FAKETIME_TIMESTAMP_FILE",
                        offset.toString(),
                        "FAKETIME_CACHE_DURATION",
                        "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"));
    }

    @Override
    public void strike(Scene scene) throws IOException, InterruptedException {
        for (String jump : List.of("+7200", "-7200", "+0")) {
            set(jump);
            Scene.pause(EACH);
        }
    }

    @Override
    public void cleanUp() throws IOException {
        Files.deleteIfExists(offset);
    }

    private void set(String seconds) throws IOException {
        Files.writeString(offset, seconds + "\n");
    }

    private static Optional<Path> library() {
        return LIBRARIES.stream().filter(Files::isReadable).findFirst();
    }
}

package io.weighbridge.app;

import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** A process of its own that runs all three roles, so that it can be killed as a machine would die. */
final class RoleChild implements AutoCloseable {

    private final Process process;

    private RoleChild(Process process) {
        this.process = process;
    }

    /** Starts {@code run hasher matcher alerting} with a single scanning thread, so that work piles up. */
    static RoleChild start(Settings settings, Path data) throws IOException {
        Files.createDirectories(data);
        var properties = new Properties();
        properties.putAll(settings.kafka());
        properties.put("session.timeout.ms", "6000");
        properties.put("weighbridge.fetch.file.roots", "/");
        properties.put("weighbridge.scan.threads", "1");
        properties.put("weighbridge.sink.log", "false");
        Path config = data.resolve("roles.properties");
        try (var writer = Files.newBufferedWriter(config)) {
            properties.store(writer, null);
        }
        var command = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "run",
                "hasher",
                "matcher",
                "alerting",
                "--config",
                config.toString(),
                "--data",
                data.toString(),
                "--management-port",
                "0");
        command.environment().keySet().removeIf(name -> name.startsWith("WEIGHBRIDGE_"));
        return new RoleChild(command.inheritIO().start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As SIGKILL does: no hook runs, nothing is committed. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** As SIGTERM does. */
    @Override
    public void close() {
        process.destroy();
        process.onExit().completeOnTimeout(process, 30, TimeUnit.SECONDS).join();
        kill();
    }
}

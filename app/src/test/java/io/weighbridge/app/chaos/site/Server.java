package io.weighbridge.app.chaos.site;

import io.weighbridge.app.bench.pipeline.ChildJvm;
import io.weighbridge.app.bench.pipeline.ChildJvm.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** The broker or the registry: a program that can be ended and started again as it was. */
public final class Server {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String name;
    private final String mainClass;
    private final List<String> arguments;
    private final Path words;
    private final Launch launch;
    private ChildJvm process;

    Server(String name, Class<?> mainClass, List<String> arguments, Path folder, Launch launch) {
        this.name = name;
        this.mainClass = mainClass.getName();
        this.arguments = List.copyOf(arguments);
        this.words = folder.resolve(name + ".txt");
        this.launch =
                Launch.ofThisVersion(launch.jvm(), launch.environment(), Optional.of(folder.resolve(name + ".log")));
    }

    public String name() {
        return name;
    }

    /** Starts it and returns when it can be used; one that dies on the way, as a broker may whose predecessor was just killed, is started again. */
    public synchronized void start() throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Files.deleteIfExists(words);
            process = ChildJvm.start(mainClass, arguments, words, launch);
            while (process.isAlive()) {
                if (process.words().contains(BrokerMain.READY)) {
                    return;
                }
                if (System.nanoTime() > end) {
                    throw new IOException(name + ": not ready within " + PATIENCE.toSeconds() + " s");
                }
                TimeUnit.MILLISECONDS.sleep(50);
            }
            if (System.nanoTime() > end) {
                throw new IOException(name + ": ended with exit code " + process.exitCode() + " before it was ready");
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
    }

    public synchronized void kill() {
        process.kill();
    }

    public synchronized void terminate() {
        process.terminate();
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Its process id; empty if it is down. */
    public synchronized OptionalLong pid() {
        return isAlive() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
    }
}

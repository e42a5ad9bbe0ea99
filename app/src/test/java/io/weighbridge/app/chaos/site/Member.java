package io.weighbridge.app.chaos.site;

import io.weighbridge.app.bench.pipeline.ChildJvm.Launch;
import io.weighbridge.app.bench.pipeline.RoleInstance;
import io.weighbridge.app.life.Role;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** One instance of a role: a place with a data folder, and the process that runs there, if one does. */
public final class Member {

    private static final Duration SIGNALLED = Duration.ofSeconds(10);

    private final String name;
    private final Role role;
    private final Path data;
    private final Settings cluster;
    private final Map<String, String> settings;
    private Launch launch;
    private RoleInstance process;
    private boolean isWanted;

    Member(String name, Role role, Path data, Settings cluster, Map<String, String> settings, Launch launch) {
        this.name = name;
        this.role = role;
        this.data = data;
        this.cluster = cluster;
        this.settings = Map.copyOf(settings);
        this.launch = launch;
    }

    public String name() {
        return name;
    }

    public Role role() {
        return role;
    }

    public Path data() {
        return data;
    }

    /** Starts it where it left off; returns before it is ready. */
    public synchronized void start() throws IOException {
        process = RoleInstance.start(cluster, data, settings, launch, role);
        isWanted = true;
    }

    /** From its next start on it runs this version, whatever it began with. */
    public synchronized void upgrade() {
        launch = Launch.ofThisVersion(launch.jvm(), launch.environment(), launch.errors());
    }

    /** SIGKILL. */
    public synchronized void kill() {
        isWanted = false;
        process.kill();
    }

    /** SIGTERM; returns when it has ended. */
    public synchronized void terminate() {
        isWanted = false;
        process.terminate();
    }

    /** SIGSTOP: the process stands still, with all its connections. */
    public void pause() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** SIGCONT. */
    public void resume() throws IOException, InterruptedException {
        signal("CONT");
    }

    /** Whether nobody ended it, but it has ended. */
    public synchronized boolean hasDied() {
        return isWanted && !process.isAlive();
    }

    public synchronized boolean isUp() {
        return process != null && process.isAlive();
    }

    /** Whether its health says that it is ready. */
    public boolean isReady() throws InterruptedException {
        RoleInstance now;
        synchronized (this) {
            now = process;
        }
        return now != null && now.isAlive() && now.isReady();
    }

    /** Its process id; empty if it is down. */
    public synchronized OptionalLong pid() {
        return isUp() ? OptionalLong.of(process.pid()) : OptionalLong.empty();
    }

    /** A gauge of its metrics; empty if it does not answer. */
    public OptionalDouble metric(String metric) throws InterruptedException {
        RoleInstance now;
        synchronized (this) {
            now = process;
        }
        try {
            return now == null || !now.isAlive() ? OptionalDouble.empty() : OptionalDouble.of(now.metric(metric));
        } catch (IOException e) {
            return OptionalDouble.empty(); // paused, or starting
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        long pid = pid().orElseThrow(() -> new IllegalStateException(name + ": is down"));
        var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                .inheritIO()
                .start();
        if (!kill.waitFor(SIGNALLED.toSeconds(), TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException(name + ": kill -" + signal + " " + pid + " failed");
        }
    }
}

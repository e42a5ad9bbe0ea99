package io.weighbridge.app.chaos.fault;

import io.weighbridge.app.chaos.site.Member;
import io.weighbridge.app.chaos.site.SitePlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Every instance in turn is ended and started again, as an upgrade does it: while one of them is of the new version, the
 * others are of the old. {@code -Dweighbridge.chaos.older=FILE} names the {@code weighbridge.jar} of an older build, with
 * its libraries beside it, that all of them begin with; otherwise it is this version before and after.
 */
final class RollingRestart implements Fault {

    private static final String OLDER = "weighbridge.chaos.older";
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Override
    public String id() {
        return "rolling-restart";
    }

    @Override
    public String description() {
        return "SIGTERM of every instance in turn, the next when the last is ready again"
                + older().map(jar -> "; all began with an older version").orElse("");
    }

    @Override
    public Optional<String> missing() {
        return older().filter(jar -> !Files.isReadable(jar)).map(jar -> "no file " + jar);
    }

    @Override
    public SitePlan prepare(SitePlan plan) {
        return older().map(plan::withOlderJar).orElse(plan);
    }

    @Override
    public void strike(Scene scene) throws IOException, InterruptedException {
        for (var member : scene.targets()) {
            member.terminate();
            member.upgrade();
            member.start();
            awaitReady(member);
        }
    }

    private static void awaitReady(Member member) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!member.isReady()) {
            if (System.nanoTime() > end) {
                throw new IOException(member.name() + ": not ready within " + PATIENCE.toSeconds() + " s");
            }
            Scene.pause(LOOK);
        }
    }

    private static Optional<Path> older() {
        return Optional.ofNullable(System.getProperty(OLDER)).map(Path::of);
    }
}

package io.weighbridge.app.chaos.fault;

import io.weighbridge.app.chaos.site.Member;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;

/** Every instance of every role ends cleanly, and finds its local state damaged when it starts again. */
final class CorruptState implements Fault {

    /** What is done to files. */
    enum Damage {
        /** Bytes in the middle are others. */
        FLIPPED,
        /** The second half is missing. */
        CUT
    }

    private final String id;
    private final String files;
    private final Damage damage;

    /** @param files pattern of the names of the files that are damaged */
    CorruptState(String id, String files, Damage damage) {
        this.id = id;
        this.files = files;
        this.damage = damage;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String description() {
        return "SIGTERM of every instance; "
                + (damage == Damage.CUT ? "the second half is missing" : "bytes are flipped") + " in its files `"
                + files + "` when it starts again";
    }

    @Override
    public void strike(Scene scene) throws IOException, InterruptedException {
        int damaged = 0;
        var victims = scene.targets();
        victims.parallelStream().forEach(Member::terminate);
        for (var victim : victims) {
            for (Path file : find(victim.data())) {
                damage(file, scene.random());
                damaged++;
            }
        }
        if (damaged == 0) {
            throw new IOException(id + ": there is no file " + files + " to damage");
        }
        for (var victim : victims) {
            victim.start();
        }
    }

    private List<Path> find(Path data) throws IOException {
        try (var all = Files.walk(data)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("/state-"))
                    .filter(file -> file.getFileName().toString().matches(files))
                    .toList();
        }
    }

    private void damage(Path file, Random random) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (damage == Damage.CUT) {
                channel.truncate(channel.size() / 2);
                return;
            }
            for (long at = channel.size() / 8; at < channel.size(); at += Math.max(1, channel.size() / 8)) {
                byte[] noise = new byte[4];
                random.nextBytes(noise);
                channel.write(ByteBuffer.wrap(noise), at);
            }
        }
    }
}

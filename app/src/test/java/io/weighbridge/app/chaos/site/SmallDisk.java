package io.weighbridge.app.chaos.site;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A file system in memory, small enough to be filled. */
public final class SmallDisk implements AutoCloseable {

    private static final byte[] BLOCK = new byte[1 << 16];

    private final Path folder;
    private final Path ballast;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.ballast = folder.resolve("ballast");
    }

    /** Why this machine can have none; empty if it can. */
    public static Optional<String> missing() {
        try (var probe = mount(1)) {
            return Files.isDirectory(probe.folder()) ? Optional.empty() : Optional.of("tmpfs vanished");
        } catch (IOException e) {
            return Optional.of("tmpfs cannot be mounted (" + e.getMessage()
                    + "); run as root of a machine or a privileged container");
        }
    }

    public static SmallDisk mount(int mebibytes) throws IOException {
        Path folder = Files.createTempDirectory("weighbridge-disk-");
        run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "weighbridge-chaos", folder.toString());
        return new SmallDisk(folder);
    }

    public Path folder() {
        return folder;
    }

    /** Takes all that is left, to the last byte. */
    public void fill() throws IOException {
        try (var out = Files.newOutputStream(ballast)) {
            while (true) {
                out.write(BLOCK);
            }
        } catch (IOException e) {
            if (folder.toFile().getUsableSpace() > BLOCK.length) {
                throw e; // something else than a full disk
            }
        }
    }

    /** Gives it back. */
    public void free() throws IOException {
        Files.deleteIfExists(ballast);
    }

    /** Its files are gone; those who have them open keep them until they end. */
    @Override
    public void close() throws IOException {
        run("umount", "-l", folder.toString());
        Files.deleteIfExists(folder);
    }

    private static void run(String... command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + ": " + words);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException(String.join(" ", command) + ": interrupted");
        }
    }
}

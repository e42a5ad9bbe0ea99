package io.weighbridge.app.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** What computes the SHA-256 of files, to compare with: the program {@code sha256sum} as a process of its own, or Java where that is missing. */
public enum DigestPeer {
    PROGRAM("sha256sum") {
        @Override
        void digest(List<Path> files) throws IOException {
            var command = new ArrayList<>(List.of(NAME, "--"));
            files.forEach(file -> command.add(file.toString()));
            int exit = exitOf(command);
            if (exit != 0) {
                throw new IOException(NAME + " ended with " + exit);
            }
        }
    },
    JAVA("Java's SHA-256, as there is no program sha256sum here") {
        @Override
        void digest(List<Path> files) throws IOException {
            for (var file : files) {
                digest(file);
            }
        }

        private void digest(Path file) throws IOException {
            var digest = newDigest();
            var buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
            try (var channel = FileChannel.open(file)) {
                while (channel.read(buffer.clear()) >= 0) {
                    digest.update(buffer.flip());
                }
            }
            digest.digest();
        }
    };

    private static final String NAME = "sha256sum";
    private static final int BUFFER_BYTES = 1 << 20;

    private final String description;

    DigestPeer(String description) {
        this.description = description;
    }

    /** Computes the digest of each file, from its first byte to its last. */
    abstract void digest(List<Path> files) throws IOException;

    /** For users. */
    public String description() {
        return description;
    }

    /** The program if it can be run, else Java. */
    public static DigestPeer find() {
        return find(NAME);
    }

    static DigestPeer find(String program) {
        try {
            return exitOf(List.of(program, "--version")) == 0 ? PROGRAM : JAVA;
        } catch (IOException e) {
            return JAVA;
        }
    }

    private static int exitOf(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException(command.get(0) + ": interrupted", e);
        }
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

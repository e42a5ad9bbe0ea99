package io.weighbridge.app.client;

import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Files that were sent to the API, each named by its SHA-256. The hasher reads them in place where it shares the machine; elsewhere it fetches
 * them from the API by a signed link that expires.
 */
public final class KeptFiles {

    private static final int BUFFER_BYTES = 1 << 16;

    /** A file has more bytes than are kept. */
    public static final class TooLargeException extends IOException {

        private static final long serialVersionUID = 1L;

        TooLargeException(long mostBytes) {
            super("expected at most " + mostBytes + " bytes (" + KeptFilesSettings.MOST_BYTES + ")");
        }
    }

    private final Path folder;
    private final String publicUrl;
    private final long mostBytes;
    private final Duration linkTime;
    private final LinkSigner signer;
    private final Clock clock;

    private KeptFiles(KeptFilesSettings settings, Clock clock) throws IOException {
        folder = Files.createDirectories(Path.of(settings.folder())).toRealPath();
        publicUrl = settings.publicUrl();
        mostBytes = settings.mostBytes();
        linkTime = settings.linkTime();
        signer = LinkSigner.in(folder);
        this.clock = clock;
    }

    /**
     * The folder that the settings name; empty if they name none.
     *
     * @throws IOException if it cannot be used
     */
    public static Optional<KeptFiles> of(Settings settings, Clock clock) throws IOException {
        var read = KeptFilesSettings.from(settings);
        return read.folder().isEmpty() ? Optional.empty() : Optional.of(new KeptFiles(read, clock));
    }

    /** The largest file that is kept. */
    public long mostBytes() {
        return mostBytes;
    }

    /**
     * Keeps what the stream gives.
     *
     * @param name of the file, for people
     * @return where the hasher finds it
     * @throws TooLargeException if it is larger than the settings allow; nothing is kept then
     */
    public ModelFile keep(InputStream content, String name) throws IOException {
        Path part = Files.createTempFile(folder, "incoming-", ".part");
        try {
            var digest = sha256();
            long size = copy(content, part, digest);
            String sha256 = HexFormat.of().formatHex(digest.digest());
            Path kept = Files.move(part, folder.resolve(sha256), StandardCopyOption.REPLACE_EXISTING);
            return ModelFile.newBuilder()
                    .setPath(name)
                    .setUrl(publicUrl.isEmpty() ? kept.toUri().toString() : link(sha256))
                    .setSizeBytes(size)
                    .setSha256(sha256)
                    .build();
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** The file of a link; empty if its signature is wrong, its time is over, or the file is gone. */
    public Optional<Path> linked(String sha256, String expires, String signature) {
        if (!sha256.matches("[0-9a-f]{64}") || !expires.matches("[0-9]{1,12}")) {
            return Optional.empty();
        }
        boolean isOver = clock.instant().isAfter(Instant.ofEpochSecond(Long.parseLong(expires)));
        Path file = folder.resolve(sha256);
        return isOver || !signer.isSignature(sha256 + " " + expires, signature) || !Files.isRegularFile(file)
                ? Optional.empty()
                : Optional.of(file);
    }

    private String link(String sha256) {
        long expires = clock.instant().plus(linkTime).getEpochSecond();
        return publicUrl + "/api/v1/files/" + sha256 + "?expires=" + expires + "&signature="
                + signer.sign(sha256 + " " + expires);
    }

    private long copy(InputStream content, Path to, MessageDigest digest) throws IOException {
        long size = 0;
        try (var out = Files.newOutputStream(to)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                size += read;
                if (size > mostBytes) {
                    throw new TooLargeException(mostBytes);
                }
                digest.update(buffer, 0, read);
                out.write(buffer, 0, read);
            }
        }
        return size;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

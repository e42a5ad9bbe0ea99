package io.weighbridge.app.client;

import io.weighbridge.hasher.fetch.HubAddress;
import io.weighbridge.schemas.avro.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/** Turns what a user calls a model, a path or a URL, into the address that an event carries. */
public final class FileAddress {

    private static final Pattern URL = Pattern.compile("(?i)(file:|[a-z][a-z0-9+.-]+://).+");

    private FileAddress() {}

    /**
     * The file at a local path, with its size and digest, the folder there, or what is at a URL.
     *
     * @throws IOException if a local file cannot be read; the message names it
     */
    public static ModelFile of(String fileOrUrl) throws IOException {
        if (isUrl(fileOrUrl)) {
            return remote(fileOrUrl);
        }
        var path = Path.of(fileOrUrl);
        return Files.isDirectory(path) ? folder(path) : local(path);
    }

    /** Whether the text is an address, not a path. */
    public static boolean isUrl(String text) {
        return URL.matcher(text).matches();
    }

    /** The file at a local path, with its size and digest. */
    public static ModelFile local(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(Files.isDirectory(file) ? file + ": is a folder" : file + ": no such file");
        }
        Path real = file.toRealPath();
        return ModelFile.newBuilder()
                .setPath(file.getFileName().toString())
                .setUrl(real.toUri().toString())
                .setSizeBytes(Files.size(real))
                .setSha256(sha256(real))
                .build();
    }

    private static ModelFile folder(Path folder) throws IOException {
        Path real = folder.toRealPath();
        return ModelFile.newBuilder()
                .setPath(
                        real.getFileName() == null
                                ? "folder"
                                : real.getFileName().toString())
                .setUrl(real.toUri().toString())
                .build();
    }

    private static ModelFile remote(String url) throws IOException {
        URI uri;
        try {
            uri = URI.create(url);
        } catch (IllegalArgumentException e) {
            throw new IOException(url + ": not a URL: " + e.getMessage(), e);
        }
        var repository = HubAddress.of(url).filter(HubAddress::isRepository);
        if (repository.isPresent()) {
            return ModelFile.newBuilder()
                    .setPath(repository.get().name())
                    .setUrl(url)
                    .build();
        }
        String path = uri.getPath() == null ? "" : uri.getPath();
        String name = path.substring(path.lastIndexOf('/') + 1);
        return ModelFile.newBuilder()
                .setPath(name.isEmpty() ? uri.getScheme().toLowerCase(Locale.ROOT) : name)
                .setUrl(url)
                .build();
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) in).getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

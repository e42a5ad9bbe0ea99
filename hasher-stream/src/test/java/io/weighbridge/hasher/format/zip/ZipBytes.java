package io.weighbridge.hasher.format.zip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Zip archives for tests, written with the platform's own classes. */
public final class ZipBytes {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    /** The entries of an archive, to be changed. */
    public static ZipBytes of(byte[] archive) {
        var zip = new ZipBytes();
        try {
            // ZipInputStream cannot read what PyTorch writes: stored entries with a descriptor.
            var file = Files.write(Files.createTempFile("archive", ".zip"), archive);
            try (var in = new ZipFile(file.toFile())) {
                for (var entry : Collections.list(in.entries())) {
                    zip.entries.put(entry.getName(), in.getInputStream(entry).readAllBytes());
                }
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zip;
    }

    /** An archive of names and contents in turn, uncompressed. */
    public static byte[] stored(Object... namesAndContents) {
        var zip = new ZipBytes();
        for (int i = 0; i < namesAndContents.length; i += 2) {
            zip.entries.put((String) namesAndContents[i], (byte[]) namesAndContents[i + 1]);
        }
        return zip.bytes();
    }

    public ZipBytes without(String name) {
        if (entries.remove(name) == null) {
            throw new IllegalArgumentException("no entry " + name);
        }
        return this;
    }

    public ZipBytes with(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    public ZipBytes with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** In the order of the directory. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    public byte[] content(String name) {
        return entries.get(name);
    }

    /** Uncompressed, sizes and checksums in the local headers. */
    public byte[] bytes() {
        return bytes(ZipEntry.STORED);
    }

    /** Deflated, sizes and checksums behind the data, as most writers do. */
    public byte[] deflated() {
        return bytes(ZipEntry.DEFLATED);
    }

    private byte[] bytes(int method) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            for (var content : entries.entrySet()) {
                out.putNextEntry(entry(content.getKey(), content.getValue(), method));
                out.write(content.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ZipEntry entry(String name, byte[] content, int method) {
        var entry = new ZipEntry(name);
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
            var crc = new CRC32();
            crc.update(content);
            entry.setSize(content.length);
            entry.setCrc(crc.getValue());
        }
        return entry;
    }
}

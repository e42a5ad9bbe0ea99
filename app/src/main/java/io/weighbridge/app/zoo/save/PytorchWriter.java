package io.weighbridge.app.zoo.save;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes tensors as {@code torch.save} writes a state dict: a zip archive, nothing in it compressed, of {@code archive/data.pkl}, {@code
 * archive/byteorder}, {@code archive/data/0}, {@code archive/data/1} ... and {@code archive/version}. Equal tensors give equal files.
 */
public final class PytorchWriter {

    private static final String FOLDER = "archive/";
    private static final LocalDateTime EPOCH_OF_ZIP = LocalDateTime.of(1980, 1, 1, 0, 0);

    private PytorchWriter() {}

    public static void write(Path file, List<SavedTensor> tensors, Precision precision) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            // PyTorch takes the folder of the first entry for that of all.
            put(zip, "data.pkl", StateDictPickle.of(tensors, precision));
            put(zip, "byteorder", text("little"));
            for (int i = 0; i < tensors.size(); i++) put(zip, "data/" + i, precision.encode(tensors.get(i)));
            put(zip, "version", text("3\n"));
        }
    }

    private static void put(ZipOutputStream zip, String name, ByteBuffer content) throws IOException {
        var crc = new CRC32();
        crc.update(content.duplicate());
        var entry = new ZipEntry(FOLDER + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(EPOCH_OF_ZIP);
        entry.setSize(content.remaining());
        entry.setCompressedSize(content.remaining());
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content.array(), content.arrayOffset() + content.position(), content.remaining());
        zip.closeEntry();
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}

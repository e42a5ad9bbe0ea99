package io.weighbridge.hasher.format.detect;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** Names content that is not read, so that an outcome says more than "unknown". */
final class ForeignContent {

    private static final int SHOWN_BYTES = 16;
    private static final int TAR_MAGIC_AT = 257;

    private record Magic(int offset, byte[] bytes, String name) {
        boolean isIn(ByteBuffer start) {
            if (start.remaining() < offset + bytes.length) {
                return false;
            }
            return start.slice(offset, bytes.length).equals(ByteBuffer.wrap(bytes));
        }
    }

    private static final List<Magic> MAGICS = List.of(
            hex(0, "080112", "a TensorFlow SavedModel, or another protocol buffer"),
            text(0, "GGUF", "a GGUF file"),
            text(0, "lmgg", "a GGML file"),
            text(4, "TFL3", "a TensorFlow Lite model"),
            hex(0, "934e554d5059", "a NumPy array (.npy)"),
            hex(0, "377abcaf271c", "a 7z archive"),
            hex(0, "1f8b", "a gzip stream"),
            hex(0, "28b52ffd", "a Zstandard stream"),
            hex(0, "fd377a585a00", "an xz stream"),
            text(0, "BZh", "a bzip2 stream"),
            text(0, "Rar!", "a RAR archive"),
            text(TAR_MAGIC_AT, "ustar", "a tar archive"),
            text(0, "version https://git-lfs", "a Git LFS pointer, not the file it stands for"),
            hex(0, "7f454c46", "an ELF program"),
            text(0, "MZ", "a Windows program"),
            text(0, "%PDF", "a PDF document"),
            hex(0, "89504e47", "a PNG image"),
            hex(0, "ffd8ff", "a JPEG image"),
            text(0, "<!DOCTYPE", "an HTML page"),
            text(0, "<html", "an HTML page"));

    private ForeignContent() {}

    /** What the file is, as far as its first bytes tell. */
    static String describe(ModelBytes file) throws IOException {
        if (ZipArchive.isZip(file)) {
            return describe(ZipArchive.open(file, ReadLimits.STANDARD).names());
        }
        var start = file.peek(0, 512);
        for (var magic : MAGICS) {
            if (magic.isIn(start)) {
                return magic.name();
            }
        }
        if (isText(start)) {
            return "a text file";
        }
        var shown = new byte[Math.min(SHOWN_BYTES, start.remaining())];
        start.get(shown);
        return "no known model format: first bytes " + HexFormat.of().formatHex(shown);
    }

    private static String describe(Collection<String> entries) {
        if (entries.contains("model.weights.h5")) {
            return "a Keras archive (.keras)";
        }
        if (!entries.isEmpty() && entries.stream().allMatch(name -> name.endsWith(".npy"))) {
            return "a NumPy archive (.npz)";
        }
        return "a zip archive that holds neither a PyTorch nor a DL4J model: first entry "
                + entries.stream().findFirst().orElse("none");
    }

    private static boolean isText(ByteBuffer start) {
        for (int i = 0; i < start.remaining(); i++) {
            int c = start.get(i);
            if (c >= 0x7f || c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t') {
                return false;
            }
        }
        return StandardCharsets.UTF_8.decode(start.duplicate()).chars().noneMatch(c -> c == 0xfffd);
    }

    private static Magic hex(int offset, String hex, String name) {
        return new Magic(offset, HexFormat.of().parseHex(hex), name);
    }

    private static Magic text(int offset, String text, String name) {
        return new Magic(offset, text.getBytes(StandardCharsets.US_ASCII), name);
    }
}

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
import java.util.Optional;
import java.util.regex.Pattern;

/** Names content that is not read, so that an outcome says more than "unknown", and tells what may hold weights. */
final class ForeignContent {

    private static final int START_BYTES = 512;
    private static final int SHOWN_BYTES = 16;
    private static final int TAR_MAGIC_AT = 257;
    private static final Magic GGUF = text(0, "GGUF", "a GGUF file");

    /** Protocol 0 begins with an opcode for an object or a mark: {@code cMODULE\nNAME\n}, {@code (dp0\n}, {@code (S'...}. */
    private static final Pattern TEXT_PICKLE = Pattern.compile(
            "\\A(?:c[\\w.]+\\n[\\w.]+\\n|i[\\w.]+\\n[\\w.]+\\n|\\((?:[dlt]p?\\d*\\n?|c[\\w.]+\\n|[ILFSV]['\"]?[^\\n]*\\n)|[\\])}]).*",
            Pattern.DOTALL);

    private static final Pattern OLD_SCRIPT = Pattern.compile("(?:[^/]*/)?model\\.json");

    private record Magic(int offset, byte[] bytes, String name) {
        boolean isIn(ByteBuffer start) {
            if (start.remaining() < offset + bytes.length) {
                return false;
            }
            return start.slice(offset, bytes.length).equals(ByteBuffer.wrap(bytes));
        }
    }

    private static final List<Magic> MAGICS = List.of(
            hex(0, "080112", "a SavedModel's graph; its weights are in variables/"),
            text(0, "lmgg", "a GGML file"),
            text(4, "PTMF", "a PyTorch mobile flat buffer"),
            text(4, "ET12", "an ExecuTorch program"),
            hex(0, "377abcaf271c", "a 7z archive"),
            hex(0, "1f8b", "a gzip stream of another method"),
            hex(0, "28b52ffd", "a Zstandard stream"),
            hex(0, "fd377a585a00", "an xz stream"),
            text(0, "BZh", "a bzip2 stream"),
            text(0, "Rar!", "a RAR archive"),
            text(0, "PK\5\6", "an empty zip archive"),
            text(0, "PK\7\10", "a zip archive in several files"),
            text(TAR_MAGIC_AT, "ustar", "a tar archive"),
            text(0, "version https://git-lfs", "a Git LFS pointer, not the file it stands for"),
            hex(0, "7f454c46", "an ELF program"),
            text(0, "MZ", "a Windows program"),
            text(0, "%PDF", "a PDF document"),
            hex(0, "89504e47", "a PNG image"),
            hex(0, "ffd8ff", "a JPEG image"),
            text(0, "<!DOCTYPE", "an HTML page"),
            text(0, "<html", "an HTML page"));

    /** Archives that are told by four bytes or more: numbers hardly ever begin so. */
    private static final List<Magic> ARCHIVES = List.of(
            text(0, "PK\3\4", "a zip archive"),
            hex(0, "377abcaf271c", "a 7z archive"),
            hex(0, "28b52ffd", "a Zstandard stream"),
            hex(0, "fd377a585a00", "an xz stream"),
            text(0, "Rar!", "a RAR archive"),
            hex(0, "1f8b0800", "a gzip stream"),
            hex(0, "1f8b0808", "a gzip stream"),
            text(TAR_MAGIC_AT, "ustar", "a tar archive"));

    private static final List<Magic> WITHOUT_WEIGHTS = List.of(
            text(0, "%PDF", "a PDF document"),
            hex(0, "89504e47", "a PNG image"),
            hex(0, "ffd8ff", "a JPEG image"),
            hex(0, "00051607", "a file's attributes (AppleDouble)"),
            text(4, "Bud1", "a folder's settings (.DS_Store)"));

    private ForeignContent() {}

    /** The archive that a file is by its first bytes. */
    static Optional<String> archive(ModelBytes file) throws IOException {
        var start = file.peek(0, START_BYTES);
        return ARCHIVES.stream()
                .filter(magic -> magic.isIn(start))
                .map(Magic::name)
                .findFirst();
    }

    /** Whether the file is a text, picture or document; a text that stands for something else is none. */
    static boolean holdsNoWeights(ModelBytes file, ReadLimits limits) throws IOException {
        var start = file.peek(0, START_BYTES);
        if (WITHOUT_WEIGHTS.stream().anyMatch(magic -> magic.isIn(start))) {
            return true;
        }
        return MAGICS.stream().noneMatch(magic -> magic.isIn(start)) && isText(start) && !isTextPickle(start)
                || describe(file, limits).equals("an HTML page");
    }

    /** What a zip archive is that belongs together as one model, which is not read. */
    static Optional<String> wholeZip(Collection<String> entries) {
        if (entries.contains("model.weights.h5")) {
            return Optional.of("a Keras archive (.keras)");
        }
        if (entries.stream().anyMatch(name -> OLD_SCRIPT.matcher(name).matches())
                && entries.stream().anyMatch(name -> name.contains("tensors/"))) {
            return Optional.of("a TorchScript archive of before PyTorch 1.4 (model.json), which is not read");
        }
        boolean isNumpy = !entries.isEmpty() && entries.stream().allMatch(name -> name.endsWith(".npy"));
        return isNumpy ? Optional.of("a NumPy archive (.npz)") : Optional.empty();
    }

    /** What the file is, as far as its first bytes tell. */
    static String describe(ModelBytes file, ReadLimits limits) throws IOException {
        if (ZipArchive.isZip(file)) {
            return wholeZip(ZipArchive.open(file, limits).names()).orElse("a zip archive");
        }
        var start = file.peek(0, START_BYTES);
        if (GGUF.isIn(start)) {
            return GgufHeader.describe(file);
        }
        for (var magic : MAGICS) {
            if (magic.isIn(start)) {
                return magic.name();
            }
        }
        if (isText(start)) {
            return isTextPickle(start) ? "a bare pickle (protocol 0, ASCII)" : ModelFormats.TEXT;
        }
        var shown = new byte[Math.min(SHOWN_BYTES, start.remaining())];
        start.get(shown);
        return "no known model format: first bytes " + HexFormat.of().formatHex(shown);
    }

    private static boolean isTextPickle(ByteBuffer start) {
        return TEXT_PICKLE
                .matcher(StandardCharsets.US_ASCII.decode(start.duplicate()))
                .matches();
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

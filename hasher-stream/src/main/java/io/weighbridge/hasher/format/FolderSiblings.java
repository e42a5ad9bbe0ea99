package io.weighbridge.hasher.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The regular files of a folder on this machine. A link that leads out of the folder is none of them: whoever made the folder may not be allowed to
 * read what it points to.
 */
public record FolderSiblings(Path folder, Optional<String> reader) implements Siblings {

    /** Those of a file: what lies in its folder. */
    public static FolderSiblings of(Path file) {
        return new FolderSiblings(
                file.toAbsolutePath().getParent(),
                Optional.of(file.getFileName().toString()));
    }

    @Override
    public Optional<ByteRange> open(String path) throws IOException {
        var file = folder.resolve(path);
        if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(folder.toRealPath())) {
            return Optional.empty();
        }
        return Optional.of(FileRange.open(file));
    }
}

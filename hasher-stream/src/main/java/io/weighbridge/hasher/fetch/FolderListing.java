package io.weighbridge.hasher.fetch;

import io.weighbridge.hasher.fetch.ListResult.Listed;
import io.weighbridge.hasher.fetch.ListResult.NotListed;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The files below a folder of this machine, in the order of their paths. Links are not followed, and what is hidden is passed over. */
public final class FolderListing {

    private static final int MAX_DEPTH = 32;

    /** The one hidden file that describes a model: what torch.distributed.checkpoint writes beside its shards. */
    private static final String CHECKPOINT = ".metadata";

    private final int maxFiles;

    /** @param maxFiles a folder with more is not listed */
    public FolderListing(int maxFiles) {
        this.maxFiles = maxFiles;
    }

    /** The files, with the folder's own name in none of their paths. */
    public ListResult list(Path folder) {
        var files = new ArrayList<ModelFile>();
        try {
            Files.walkFileTree(folder, Set.of(), MAX_DEPTH, new Visitor(folder, files));
        } catch (IOException e) {
            return new NotListed(Outcome.UNREACHABLE, "cannot list " + folder + ": " + e);
        }
        if (files.size() > maxFiles) {
            return HubListing.tooMany(FetchSettings.LIST_MAX_FILES, maxFiles + " files", "more in " + folder);
        }
        files.sort(Comparator.comparing(ModelFile::getPath));
        return Listed.of(files);
    }

    private final class Visitor extends SimpleFileVisitor<Path> {

        private final Path folder;
        private final List<ModelFile> files;

        Visitor(Path folder, List<ModelFile> files) {
            this.folder = folder;
            this.files = files;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return !directory.equals(folder) && isHidden(directory)
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (attributes.isRegularFile() && !isHidden(file)) {
                files.add(ModelFile.newBuilder()
                        .setPath(folder.relativize(file).toString().replace('\\', '/'))
                        .setUrl(file.toUri().toString())
                        .setSizeBytes(attributes.size())
                        .build());
            }
            return files.size() > maxFiles ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            var name = path.getFileName().toString();
            return name.startsWith(".") && !name.equals(CHECKPOINT);
        }
    }
}

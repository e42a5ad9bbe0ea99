package io.weighbridge.app.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A folder seen as a model hub: {@code OWNER/NAME/...} below it is a repository, and a file directly in it is a repository of its own.
 *
 * <p>A file counts as pushed when two looks in a row find it with the same size and time, so that a copy in progress is not read too
 * early. Hidden files, and the names that programs give to unfinished downloads, are passed over. Links are not followed.
 */
public final class FolderHub {

    /** A file that is new or has changed. */
    public record Push(String repo, Path file) {}

    private static final Set<String> UNFINISHED = Set.of("part", "partial", "tmp", "crdownload", "download");

    private record Stamp(long sizeBytes, long modifiedMillis) {}

    private final Path folder;
    private final String rootOwner;
    private final Map<Path, Stamp> pushed = new HashMap<>();
    private Map<Path, Stamp> lastSeen = new HashMap<>();

    /**
     * @param rootOwner owner of the files that lie directly in the folder
     */
    public FolderHub(Path folder, String rootOwner) {
        this.folder = folder;
        this.rootOwner = rootOwner;
    }

    /** Takes all that is there as pushed before. */
    public void skipExisting() {
        lastSeen = look();
        pushed.putAll(lastSeen);
    }

    /** Looks at the folder once and returns the files that have become complete since, in the order of their paths. */
    public List<Push> poll() {
        Map<Path, Stamp> seen = look();
        var pushes = new ArrayList<Push>();
        seen.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> {
            Path file = entry.getKey();
            Stamp stamp = entry.getValue();
            if (stamp.equals(lastSeen.get(file)) && !stamp.equals(pushed.get(file))) {
                pushed.put(file, stamp);
                pushes.add(new Push(repoOf(file), file));
            }
        });
        pushed.keySet().retainAll(seen.keySet());
        lastSeen = seen;
        return pushes;
    }

    private String repoOf(Path file) {
        Path relative = folder.relativize(file);
        return relative.getNameCount() == 1
                ? rootOwner + "/" + relative
                : relative.getName(0) + "/" + relative.getName(1);
    }

    private Map<Path, Stamp> look() {
        var seen = new HashMap<Path, Stamp>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    boolean isHidden = !directory.equals(folder) && isPassedOver(directory);
                    return isHidden ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() && !isPassedOver(file)) {
                        var modified = attributes.lastModifiedTime();
                        seen.put(file, new Stamp(attributes.size(), modified.toMillis()));
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(folder + ": cannot be read", e);
        }
        return seen;
    }

    private static boolean isPassedOver(Path path) {
        String name = path.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return name.startsWith(".") || UNFINISHED.contains(ending);
    }
}

package io.weighbridge.app.evaluate.library;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files of a library: {@code settings.txt}, {@code manifest.csv}, and a folder for each family. A family's {@code original.csv} lists its
 * original once it is there, its {@code family.csv} all of its files once they are. Files come to be under other names and are moved, so
 * whatever has its name is whole.
 */
final class LibraryFolder {

    private static final String SETTINGS = "settings.txt";
    private static final String MANIFEST = "manifest.csv";
    private static final String ORIGINAL = "original.csv";
    private static final String FAMILY = "family.csv";

    private final Path folder;

    private LibraryFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder, or goes on with it.
     *
     * @throws IOException if another library is in it
     */
    static LibraryFolder open(Path folder, LibraryPlan plan) throws IOException {
        Files.createDirectories(folder);
        var settings = folder.resolve(SETTINGS);
        if (Files.exists(settings)) {
            var found = Files.readString(settings).strip();
            if (!found.equals(plan.settings()))
                throw new IOException(folder + " holds another library: expected \"" + plan.settings() + "\", found \""
                        + found + "\"; choose another folder, or remove this one");
            return new LibraryFolder(folder);
        }
        try (var files = Files.list(folder)) {
            if (files.findAny().isPresent())
                throw new IOException(folder + " is not empty and holds no library that " + SETTINGS
                        + " describes; choose another folder, or remove this one");
        }
        write(settings, to -> Files.writeString(to, plan.settings() + "\n"));
        return new LibraryFolder(folder);
    }

    /** Whether there is a manifest, but no settings. */
    static boolean isOther(Path folder) {
        return Files.exists(folder.resolve(MANIFEST)) && !Files.exists(folder.resolve(SETTINGS));
    }

    Path path(String file) {
        return folder.resolve(file);
    }

    /** The original, if it was trained already. */
    Optional<LibraryModel> original(Family family) throws IOException {
        return read(family, ORIGINAL).stream().findFirst();
    }

    /** All files of a family that is complete; none otherwise. */
    List<LibraryModel> family(Family family) throws IOException {
        return read(family, FAMILY);
    }

    /** The changes that are still to be made. */
    List<Change> missing(Family family, LibraryPlan plan) throws IOException {
        var made = family(family).stream().map(LibraryModel::change).toList();
        return plan.changes(family).stream()
                .filter(change -> !made.contains(change.name()))
                .toList();
    }

    /** How many models of a family are still to be made in a phase. */
    int missing(Phase phase, Family family, LibraryPlan plan) throws IOException {
        return switch (phase) {
            case ORIGINALS -> original(family).isPresent() ? 0 : 1;
            case COPIES -> missing(family, plan).size();
        };
    }

    void writeOriginal(Family family, LibraryModel model) throws IOException {
        write(family, ORIGINAL, List.of(model));
    }

    void writeFamily(Family family, List<LibraryModel> models) throws IOException {
        write(family, FAMILY, models);
    }

    /** Lists what is there by now: complete families, and the originals of others. */
    void writeManifest(LibraryPlan plan) throws IOException {
        var models = new ArrayList<LibraryModel>();
        for (var family : plan.families()) {
            var all = family(family);
            models.addAll(all.isEmpty() ? original(family).stream().toList() : all);
        }
        write(folder.resolve(MANIFEST), to -> Manifest.write(to, models));
    }

    /** Writes a file of a family so that it is there either whole or not at all. */
    static void write(Path file, Content content) throws IOException {
        Files.createDirectories(file.getParent());
        var unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        content.writeTo(unfinished);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private List<LibraryModel> read(Family family, String list) throws IOException {
        var file = path(family.name()).resolve(list);
        return Files.exists(file) ? Manifest.read(file) : List.of();
    }

    private void write(Family family, String list, List<LibraryModel> models) throws IOException {
        write(path(family.name()).resolve(list), to -> Manifest.write(to, models));
    }

    /** What goes into a file. */
    interface Content {
        void writeTo(Path file) throws IOException;
    }
}

package io.weighbridge.hasher.format.container;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.zip.ZipArchive;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.util.Optional;

/** A model that is a zip archive itself. An archive among its entries may hold another model, which its reader does not see: it is named. */
public final class CheckedArchive implements ModelFormat {

    /** Tells archives by so many bytes that numbers will not look like one. */
    @FunctionalInterface
    public interface ArchiveNames {
        Optional<String> nameOf(ModelBytes file) throws IOException;
    }

    private static final long SMALL_BYTES = 1 << 20;

    private final ModelFormat format;
    private final ArchiveNames names;

    public CheckedArchive(ModelFormat format, ArchiveNames names) {
        this.format = format;
        this.names = names;
    }

    @Override
    public String id() {
        return format.id();
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        return format.recognises(file, limits);
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var model = format.read(file, limits);
        var unread = new Unread();
        var archive = ZipArchive.open(file, limits);
        for (var name : archive.names()) {
            try (var entry = file.part(archive.entry(name))) {
                if (format.isNoPartOfTheModel(name) && isSmall(entry, file)) {
                    continue;
                }
                names.nameOf(entry).ifPresent(what -> unread.add(name, Outcome.UNSUPPORTED, what));
            }
        }
        return unread.isEmpty() ? model : model.withUnread("also holds, not read, " + unread);
    }

    /** Examples may be pictures. Where they take more than all else, a model could hide in them. */
    private static boolean isSmall(ModelBytes entry, ModelBytes archive) {
        return entry.sizeBytes() <= Math.max(SMALL_BYTES, archive.sizeBytes() / 2);
    }
}

package io.weighbridge.hasher.format.container;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What files are packed in. */
enum ContainerKind {
    ZIP("zip", "a zip archive") {
        @Override
        boolean recognises(ModelBytes file) throws IOException {
            return ZipArchive.isZip(file);
        }

        @Override
        List<Entry> entries(ModelBytes file, ReadLimits limits) throws IOException {
            var archive = ZipArchive.open(file, limits);
            archive.verify();
            var entries = new ArrayList<Entry>();
            for (var name : archive.names()) {
                entries.add(new Entry(name, archive.entry(name)));
            }
            return entries;
        }
    },

    TAR("tar", "a tar archive") {
        @Override
        boolean recognises(ModelBytes file) throws IOException {
            return TarHeader.isTar(file);
        }

        @Override
        List<Entry> entries(ModelBytes file, ReadLimits limits) throws IOException {
            return new TarReader(file, limits).entries();
        }
    },

    GZIP("gzip", "a gzip stream") {
        @Override
        boolean recognises(ModelBytes file) throws IOException {
            return GzipReader.isGzip(file);
        }

        @Override
        List<Entry> entries(ModelBytes file, ReadLimits limits) throws IOException {
            return List.of(new Entry("content", new GzipReader(file, limits).content()));
        }
    };

    private final String id;
    private final String description;

    ContainerKind(String id, String description) {
        this.id = id;
        this.description = description;
    }

    String id() {
        return id;
    }

    String description() {
        return description;
    }

    abstract boolean recognises(ModelBytes file) throws IOException;

    /** All files in it, checked for what the container states of them. */
    abstract List<Entry> entries(ModelBytes file, ReadLimits limits) throws IOException;
}

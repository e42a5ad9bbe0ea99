package io.weighbridge.hasher.format.numpy;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;

/**
 * Named arrays in a zip archive, as {@code numpy.savez} and {@code numpy.savez_compressed} write them: a state dict without a framework. An
 * entry is an array if it begins as one, whatever its name; NumPy gives all others as plain bytes.
 */
public final class NpzFormat implements ModelFormat {

    private static final String SUFFIX = ".npy";

    @Override
    public String id() {
        return "npz";
    }

    /** The first entry tells, since reading the others could mean inflating them. */
    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        if (!ZipArchive.isZip(file)) {
            return false;
        }
        var archive = ZipArchive.open(file, limits);
        if (archive.names().stream().anyMatch(name -> name.endsWith(SUFFIX))) {
            return true;
        }
        var first = archive.names().stream().findFirst();
        return first.isPresent() && NpyArray.isArray(archive.entry(first.get()));
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var archive = ZipArchive.open(file, limits);
        archive.verify();
        var collector = new WeightCollector(file, limits);
        for (var entry : archive.names()) {
            var content = archive.entry(entry);
            if (entry.endsWith(SUFFIX) || NpyArray.isArray(content)) {
                NpyArray.read(nameOf(entry), content, limits).addTo(collector);
            }
        }
        return collector.weights(id());
    }

    private static String nameOf(String entry) {
        return entry.endsWith(SUFFIX) ? entry.substring(0, entry.length() - SUFFIX.length()) : entry;
    }
}

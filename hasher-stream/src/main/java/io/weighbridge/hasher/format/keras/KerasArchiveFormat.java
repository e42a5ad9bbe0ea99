package io.weighbridge.hasher.format.keras;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What Keras 3 saves as {@code .keras}: {@code config.json} and {@code model.weights.h5} in a zip archive. */
public final class KerasArchiveFormat implements ModelFormat {

    private static final String CONFIGURATION = "config.json";
    private static final String WEIGHTS = "model.weights.h5";
    private static final String PICKLED_WEIGHTS = "model.weights.npz";

    @Override
    public String id() {
        return "keras";
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        if (!ZipArchive.isZip(file)) {
            return false;
        }
        var archive = ZipArchive.open(file, limits);
        return archive.contains(CONFIGURATION) && (archive.contains(WEIGHTS) || archive.contains(PICKLED_WEIGHTS));
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var archive = ZipArchive.open(file, limits);
        archive.verify();
        if (!archive.contains(WEIGHTS)) {
            throw ModelFormatException.unsupported(PICKLED_WEIGHTS + ": a NumPy archive of pickled dictionaries");
        }
        var config = StandardCharsets.UTF_8.decode(archive.readHeader(CONFIGURATION));
        var model = KerasConfig.parse(config.toString(), CONFIGURATION);
        try {
            return KerasFormat.readTree(file.part(archive.entry(WEIGHTS)), limits, model, id());
        } catch (ModelFormatException e) {
            throw e.in(WEIGHTS);
        }
    }
}

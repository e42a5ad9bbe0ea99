package io.weighbridge.hasher.format.dl4j;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.WeightCollector;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;

/**
 * What Deeplearning4j's ModelSerializer writes: {@code configuration.json} and {@code coefficients.bin} in a zip archive. Other entries,
 * such as a serialised pre-processor, are checked for their checksum and never interpreted.
 */
public final class Dl4jFormat implements ModelFormat {

    private static final String CONFIGURATION = "configuration.json";
    private static final String COEFFICIENTS = "coefficients.bin";
    private static final String NO_PARAMETERS = "noParams.marker";

    @Override
    public String id() {
        return "dl4j";
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        if (!ZipArchive.isZip(file)) {
            return false;
        }
        var archive = ZipArchive.open(file, limits);
        return archive.contains(CONFIGURATION) && archive.contains(COEFFICIENTS);
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        var archive = ZipArchive.open(file, limits);
        archive.verify();
        var layers = NetworkConfig.layers(archive.readHeader(CONFIGURATION));
        if (archive.contains(NO_PARAMETERS)) {
            return new WeightCollector(file, limits).weights(id());
        }
        var splitter = new ParameterSplitter(new FlatParameters(archive.entry(COEFFICIENTS)), file, limits);
        for (var layer : layers) {
            splitter.accept(layer);
        }
        return splitter.weights(id());
    }
}

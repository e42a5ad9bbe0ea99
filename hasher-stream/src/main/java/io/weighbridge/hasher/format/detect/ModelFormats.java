package io.weighbridge.hasher.format.detect;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.container.CheckedArchive;
import io.weighbridge.hasher.format.container.ContainerFormat;
import io.weighbridge.hasher.format.container.Recognition;
import io.weighbridge.hasher.format.dl4j.Dl4jFormat;
import io.weighbridge.hasher.format.keras.KerasArchiveFormat;
import io.weighbridge.hasher.format.keras.KerasFormat;
import io.weighbridge.hasher.format.numpy.NpyFormat;
import io.weighbridge.hasher.format.numpy.NpzFormat;
import io.weighbridge.hasher.format.onnx.OnnxFormat;
import io.weighbridge.hasher.format.pytorch.DistributedFormat;
import io.weighbridge.hasher.format.pytorch.DistributedShard;
import io.weighbridge.hasher.format.pytorch.PickleFormat;
import io.weighbridge.hasher.format.pytorch.PyTorchFormat;
import io.weighbridge.hasher.format.safetensors.SafetensorsFormat;
import io.weighbridge.hasher.format.sharded.ShardedFormat;
import io.weighbridge.hasher.format.tensorflow.CheckpointFormat;
import io.weighbridge.hasher.format.tensorflow.GraphFormat;
import io.weighbridge.hasher.format.tflite.TfliteFormat;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The formats that are read. The content of a file alone decides which one it is. */
public final class ModelFormats {

    /** The reason of {@link #of} for a text. */
    public static final String TEXT = "a text file";

    private static final List<ModelFormat> ALL = List.of(
            new SafetensorsFormat(),
            new DistributedShard(),
            new DistributedFormat(),
            new PyTorchFormat(),
            new Dl4jFormat(),
            new KerasFormat(),
            new KerasArchiveFormat(),
            new CheckpointFormat(),
            new TfliteFormat(),
            new OnnxFormat(),
            new GraphFormat(),
            new ShardedFormat(ModelFormats::of),
            new NpyFormat(),
            new NpzFormat(),
            new PickleFormat());

    private static final List<ModelFormat> CONTAINERS = ContainerFormat.all(new ContentRecognition());

    private ModelFormats() {}

    /**
     * The format of a file.
     *
     * @param limits for what is read to tell it, such as the directory of an archive
     * @throws ModelFormatException if the file is empty, or of no format that is read
     */
    public static ModelFormat of(ModelBytes file, ReadLimits limits) throws IOException {
        if (file.sizeBytes() == 0) {
            throw ModelFormatException.malformed("empty file");
        }
        var format = find(file, limits);
        if (format.isEmpty()) {
            throw ModelFormatException.unsupported(ForeignContent.describe(file, limits));
        }
        return format.get();
    }

    /** Models before containers: many models are zip archives. */
    static Optional<ModelFormat> find(ModelBytes file, ReadLimits limits) throws IOException {
        boolean isZip = ZipArchive.isZip(file);
        for (var format : ALL) {
            if (format.recognises(file, limits)) {
                return Optional.of(isZip ? new CheckedArchive(format, ForeignContent::archive) : format);
            }
        }
        for (var container : CONTAINERS) {
            if (container.recognises(file, limits) && !(isZip && isWhole(file, limits))) {
                return Optional.of(container);
            }
        }
        return Optional.empty();
    }

    private static boolean isWhole(ModelBytes file, ReadLimits limits) throws IOException {
        return ForeignContent.wholeZip(ZipArchive.open(file, limits).names()).isPresent();
    }

    private static final class ContentRecognition implements Recognition {

        @Override
        public Optional<ModelFormat> format(ModelBytes file, ReadLimits limits) throws IOException {
            return find(file, limits);
        }

        @Override
        public String describe(ModelBytes file, ReadLimits limits) throws IOException {
            return ForeignContent.describe(file, limits);
        }

        @Override
        public boolean holdsNoWeights(ModelBytes file, ReadLimits limits) throws IOException {
            return ForeignContent.holdsNoWeights(file, limits);
        }
    }
}

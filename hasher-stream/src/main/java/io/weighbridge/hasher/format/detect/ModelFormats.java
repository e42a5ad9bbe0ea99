package io.weighbridge.hasher.format.detect;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.dl4j.Dl4jFormat;
import io.weighbridge.hasher.format.keras.KerasFormat;
import io.weighbridge.hasher.format.onnx.OnnxFormat;
import io.weighbridge.hasher.format.pytorch.PyTorchFormat;
import io.weighbridge.hasher.format.safetensors.SafetensorsFormat;
import io.weighbridge.hasher.format.sharded.ShardedFormat;
import java.io.IOException;
import java.util.List;

/** The formats that are read. The content of a file alone decides which one it is. */
public final class ModelFormats {

    private static final List<ModelFormat> ALL = List.of(
            new SafetensorsFormat(),
            new PyTorchFormat(),
            new Dl4jFormat(),
            new KerasFormat(),
            new OnnxFormat(),
            new ShardedFormat(ModelFormats::of));

    private ModelFormats() {}

    /**
     * The format of a file.
     *
     * @throws ModelFormatException if the file is empty, or of no format that is read
     */
    public static ModelFormat of(ModelBytes file) throws IOException {
        if (file.sizeBytes() == 0) {
            throw ModelFormatException.malformed("empty file");
        }
        for (var format : ALL) {
            if (format.recognises(file)) {
                return format;
            }
        }
        throw ModelFormatException.unsupported(ForeignContent.describe(file));
    }
}

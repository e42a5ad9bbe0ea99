package io.weighbridge.app.evaluate.library;

import io.weighbridge.app.zoo.Network;
import io.weighbridge.app.zoo.Trainer;
import io.weighbridge.app.zoo.save.SavedFormat;
import java.io.IOException;
import java.nio.file.Path;

/** How a network is saved. */
enum FileFormat {
    DL4J("zip", Trainer::write),
    SAFETENSORS(SavedFormat.SAFETENSORS),
    SAFETENSORS_HALF(SavedFormat.SAFETENSORS_F16),
    SAFETENSORS_BFLOAT16(SavedFormat.SAFETENSORS_BF16),
    PYTORCH(SavedFormat.PYTORCH),
    ONNX(SavedFormat.ONNX),
    KERAS(SavedFormat.KERAS);

    /** Writes a file. */
    private interface Writer {
        void write(Network network, Path file) throws IOException;
    }

    private final String extension;
    private final Writer writer;

    FileFormat(SavedFormat format) {
        this(format.extension(), (network, file) -> format.write(file, network.tensors()));
    }

    FileFormat(String extension, Writer writer) {
        this.extension = extension;
        this.writer = writer;
    }

    /** Without a dot. */
    String extension() {
        return extension;
    }

    void write(Network network, Path file) throws IOException {
        writer.write(network, file);
    }
}

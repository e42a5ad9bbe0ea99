package io.weighbridge.app.evaluate.library;

import io.weighbridge.app.zoo.Network;
import io.weighbridge.app.zoo.SafetensorsWriter;
import io.weighbridge.app.zoo.SafetensorsWriter.Precision;
import io.weighbridge.app.zoo.Trainer;
import java.io.IOException;
import java.nio.file.Path;

/** How a network is saved. Writers of further formats are given {@link Network#tensors}. */
enum FileFormat {
    DL4J("zip", Trainer::write),
    SAFETENSORS("safetensors", (network, file) -> SafetensorsWriter.write(file, network.tensors(), Precision.F32)),
    SAFETENSORS_HALF("safetensors", (network, file) -> SafetensorsWriter.write(file, network.tensors(), Precision.F16)),
    SAFETENSORS_BFLOAT16(
            "safetensors", (network, file) -> SafetensorsWriter.write(file, network.tensors(), Precision.BF16));

    /** Writes a file. */
    private interface Writer {
        void write(Network network, Path file) throws IOException;
    }

    private final String extension;
    private final Writer writer;

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

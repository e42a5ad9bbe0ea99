package io.weighbridge.app.zoo.save;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The forms that a network can be saved in. */
public enum SavedFormat {
    SAFETENSORS("safetensors", (file, tensors) -> SafetensorsWriter.write(file, tensors, Precision.F32)),
    SAFETENSORS_F16("safetensors", (file, tensors) -> SafetensorsWriter.write(file, tensors, Precision.F16)),
    SAFETENSORS_BF16("safetensors", (file, tensors) -> SafetensorsWriter.write(file, tensors, Precision.BF16)),
    PYTORCH("pt", (file, tensors) -> PytorchWriter.write(file, tensors, Precision.F32)),
    PYTORCH_F16("pt", (file, tensors) -> PytorchWriter.write(file, tensors, Precision.F16)),
    ONNX("onnx", OnnxWriter::write),
    KERAS("h5", KerasWriter::write);

    private final String extension;
    private final Writer writer;

    SavedFormat(String extension, Writer writer) {
        this.extension = extension;
        this.writer = writer;
    }

    /** What the names of such files end with, without a dot. */
    public String extension() {
        return extension;
    }

    /** Writes tensors in the order of the network; an existing file is replaced. */
    public void write(Path file, List<SavedTensor> tensors) throws IOException {
        writer.write(file, tensors);
    }

    @FunctionalInterface
    private interface Writer {
        void write(Path file, List<SavedTensor> tensors) throws IOException;
    }
}

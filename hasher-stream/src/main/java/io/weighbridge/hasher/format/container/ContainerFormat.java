package io.weighbridge.hasher.format.container;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Models packed in a zip or tar archive or a gzip stream, which may lie in one another.
 *
 * <p>A file has one set of codes, so of several models the one with the most weights is hashed, the first of equals: joined, the layers of
 * a copy would drown among those of whatever was packed beside it. Everything else that may hold weights is named in
 * {@link ModelWeights#unread}, so that a copy beside a larger model does not pass as scanned: other models, archives that are not
 * read, encrypted or broken entries, unknown content. Text, pictures and documents are not named. The format is the path to the model,
 * outermost first: {@code gzip/tar/onnx}.
 */
public final class ContainerFormat implements ModelFormat {

    private final ContainerKind kind;
    private final Recognition recognition;

    private ContainerFormat(ContainerKind kind, Recognition recognition) {
        this.kind = kind;
        this.recognition = recognition;
    }

    /** One for each kind of container. */
    public static List<ModelFormat> all(Recognition recognition) {
        return Arrays.stream(ContainerKind.values())
                .map(kind -> (ModelFormat) new ContainerFormat(kind, recognition))
                .toList();
    }

    @Override
    public String id() {
        return kind.id();
    }

    ContainerKind kind() {
        return kind;
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        return kind.recognises(file);
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        return new ModelSearch(recognition, limits).in(kind, file);
    }
}

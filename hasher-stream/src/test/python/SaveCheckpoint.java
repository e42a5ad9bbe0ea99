import java.io.DataInputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.DataType;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Tensor;

/**
 * Has TensorFlow itself write a checkpoint (operations SaveV2 and MergeV2Checkpoints), for make_tensorflow.py. Not compiled by the build:
 *
 * <pre>java -cp "JARS of org.tensorflow:tensorflow:1.15.0" SaveCheckpoint.java PREFIX TENSORS [TENSORS for another shard ...]</pre>
 *
 * TENSORS: for each {@code name (as DataOutput writes text) | data type of TensorFlow | rank | sizes, 8 bytes each | length | bytes}, numbers
 * big-endian, the bytes of the tensor little-endian.
 */
public final class SaveCheckpoint {

    private final Graph graph = new Graph();
    private int constants;

    public static void main(String[] arguments) throws Exception {
        var prefix = arguments[0];
        var saver = new SaveCheckpoint();
        var parts = new ArrayList<String>();
        for (int i = 1; i < arguments.length; i++) {
            parts.add(arguments.length == 2 ? prefix : prefix + ".part" + i);
            saver.save(parts.get(i - 1), Path.of(arguments[i]));
        }
        if (parts.size() > 1) {
            saver.merge(parts, prefix);
        }
    }

    private void save(String prefix, Path tensors) throws Exception {
        var names = new ArrayList<byte[]>();
        var values = new ArrayList<Output<?>>();
        try (var in = new DataInputStream(Files.newInputStream(tensors))) {
            while (true) {
                names.add(in.readUTF().getBytes(StandardCharsets.UTF_8));
                values.add(constant(tensor(in)));
            }
        } catch (EOFException e) {
            // All have been read.
        }
        var slices = names.stream().map(name -> new byte[0]).toList();
        graph.opBuilder("SaveV2", "save-" + prefix.hashCode())
                .addInput(constant(Tensor.create(prefix.getBytes(StandardCharsets.UTF_8))))
                .addInput(texts(names))
                .addInput(texts(slices))
                .addInputList(values.toArray(new Output<?>[0]))
                .build();
        run("save-" + prefix.hashCode());
    }

    private void merge(List<String> parts, String prefix) {
        var names = parts.stream().map(part -> part.getBytes(StandardCharsets.UTF_8)).toList();
        graph.opBuilder("MergeV2Checkpoints", "merge")
                .addInput(texts(names))
                .addInput(constant(Tensor.create(prefix.getBytes(StandardCharsets.UTF_8))))
                .build();
        run("merge");
    }

    private static Tensor<?> tensor(DataInputStream in) throws Exception {
        int type = in.readInt();
        var shape = new long[in.readInt()];
        for (int axis = 0; axis < shape.length; axis++) {
            shape[axis] = in.readLong();
        }
        var bytes = in.readNBytes(in.readInt());
        if (type == 7) {
            return Tensor.create(bytes);
        }
        var name = switch (type) {
            case 1 -> DataType.FLOAT;
            case 2 -> DataType.DOUBLE;
            case 9 -> DataType.INT64;
            default -> throw new IllegalArgumentException("type " + type);
        };
        return Tensor.create(TYPES(name), shape, ByteBuffer.wrap(bytes));
    }

    private static Class<?> TYPES(DataType type) {
        return switch (type) {
            case FLOAT -> Float.class;
            case DOUBLE -> Double.class;
            default -> Long.class;
        };
    }

    private Output<?> texts(List<byte[]> texts) {
        return constant(Tensor.create(texts.toArray(new byte[0][])));
    }

    private Output<?> constant(Tensor<?> value) {
        return graph.opBuilder("Const", "c" + constants++)
                .setAttr("dtype", value.dataType())
                .setAttr("value", value)
                .build()
                .output(0);
    }

    private void run(String operation) {
        try (var session = new Session(graph)) {
            session.runner().addTarget(operation).run();
        }
    }
}

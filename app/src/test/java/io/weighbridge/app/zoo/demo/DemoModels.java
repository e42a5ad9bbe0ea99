package io.weighbridge.app.zoo.demo;

import static io.weighbridge.app.zoo.save.Precision.F16;
import static io.weighbridge.app.zoo.save.Precision.F32;

import io.weighbridge.app.demo.DemoModel.Expected;
import io.weighbridge.app.zoo.ImageTask;
import io.weighbridge.app.zoo.demo.DemoFolder.Story;
import io.weighbridge.app.zoo.save.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Makes the models that ship with the demo: three protected CNNs, copies of them, strangers, and files that are no models. */
public final class DemoModels {

    static final ImageTask LEAVES = new ImageTask(10, 1);
    private static final ImageTask SIGNS = new ImageTask(8, 2);

    static final int TEST_PICTURES = 500;

    private final DemoFolder folder;
    private final double effort;

    /**
     * @param effort share of the training steps and test pictures: 1 for good models; next to 0 to see that the program runs
     */
    DemoModels(Path folder, double effort) throws IOException {
        this.folder = new DemoFolder(folder);
        this.effort = effort;
    }

    /** Takes the folder to write to. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 1) throw new IllegalArgumentException("arguments: expected the folder to write to");
        new DemoModels(Path.of(arguments[0]), 1).make();
    }

    void make() throws IOException {
        Trainer.useOneThread();
        var vgg = protect("acme/leaf-vgg", Architecture.VGG, 11, "VGG-like, batch norm: the flagship classifier");
        var lenet = protect("acme/leaf-lenet", Architecture.LENET, 12, "LeNet-like, 5x5 kernels and dense layers");
        var mobile = protect("borealis/leaf-mobile", Architecture.MOBILE, 13, "depthwise separable, for phones");
        uploadPlainCopies(vgg, lenet, mobile);
        uploadDisguisedCopies(vgg, lenet, mobile);
        uploadStrangers();
        uploadWhatCannotBeScanned(vgg);
        folder.writeManifest();
    }

    private void uploadPlainCopies(Original vgg, Original lenet, Original mobile) throws IOException {
        folder.addUpload(
                mobile.file(),
                Expected.MATCH,
                story(mobile, "mirrors/leaf-backup", "re-upload", mobile.network(), "the very same file"));
        copy(
                vgg,
                "finetuned",
                Retrained.fineTuned(LEAVES, plan(60, 3e-4, 21)),
                "carol/leaf-vgg-tuned",
                "trained on for a while");
        copy(
                vgg,
                "pruned-50",
                WeightChange.pruned(0.5),
                "dave/leaf-vgg-slim",
                "the smaller half of the weights set to zero");
        copy(
                lenet,
                "transferred",
                Retrained.transferred(Architecture.LENET, SIGNS, plan(120, 5e-4, 22)),
                "erin/sign-reader",
                "taught another task under a new head");
        copy(
                lenet,
                "pruned-70-retrained",
                Retrained.prunedAndRetrained(0.7, LEAVES, plan(60, 3e-4, 23)),
                "frank/leaf-tiny",
                "70 % of the weights removed, then trained on");
        copy(lenet, "quantised-8", WeightChange.quantised(8), "grace/leaf-lenet-int8", "rounded to 8 bits a weight");
        copy(mobile, "noisy-10", WeightChange.noisy(0.1, 24), "heidi/leaf-mobile-v2", "10 % noise on every weight");
        copy(mobile, "quantised-4", WeightChange.quantised(4), "ivan/leaf-mobile-int4", "rounded to 4 bits a weight");
    }

    private void uploadDisguisedCopies(Original vgg, Original lenet, Original mobile) throws IOException {
        resave(vgg, "resaved", original -> original, F32, "judy/leaf-safetensors", "saved in another format");
        resave(
                vgg,
                "batch-norm-folded",
                new BatchNormFolded(),
                F32,
                "mallory/leaf-deploy",
                "batch norms multiplied into the convolutions: same function");
        resave(
                lenet,
                "permuted-rescaled",
                new PermutedAndRescaled(31),
                F32,
                "mallory/leaf-original-work",
                "channels reordered and rescaled: same function, other numbers");
        copy(
                vgg,
                "finetuned-permuted-rescaled",
                Retrained.fineTuned(LEAVES, plan(60, 3e-4, 32)).then(new PermutedAndRescaled(33)),
                "mallory/leaf-new",
                "trained on, then reordered and rescaled");
        resave(mobile, "half", original -> original, F16, "niaj/leaf-mobile-fp16", "saved in half precision");
    }

    private void uploadStrangers() throws IOException {
        stranger(Architecture.VGG, 41, "olivia/my-vgg", "same architecture and task, trained from another seed");
        stranger(Architecture.LENET, 42, "peggy/my-lenet", "same architecture and task, trained from another seed");
        stranger(Architecture.MOBILE, 43, "rupert/my-mobile", "same architecture and task, trained from another seed");
        stranger(Architecture.PLAIN, 44, "sybil/plain-cnn", "same task, another architecture");
    }

    private void uploadWhatCannotBeScanned(Original vgg) throws IOException {
        byte[] whole = Files.readAllBytes(folder.path(vgg.file()));
        broken(
                "broken-truncated.zip",
                Arrays.copyOf(whole, whole.length / 3),
                Expected.MALFORMED,
                "trent/upload-aborted",
                "an archive cut off after a third");
        broken(
                "language-model.gguf",
                ggufWithoutTensors(),
                Expected.UNSUPPORTED,
                "victor/chat-7b-gguf",
                "a GGUF file: a format that is not read");
        var zeroed = WeightChange.zeroed().apply(vgg.network());
        folder.writeZip("vgg-zeroed.zip", zeroed);
        folder.addUpload(
                "vgg-zeroed.zip",
                Expected.DEGENERATE,
                story(vgg, "walter/leaf-placeholder", "zeroed", zeroed, "all weights zero: nothing to compare"));
    }

    private Original protect(String id, Architecture architecture, long seed, String description) throws IOException {
        var network = trained(architecture, seed);
        var original = new Original(id, architecture, network);
        folder.writeZip(original.file(), network);
        folder.addProtected(original.file(), id, original.kind(), accuracy(network, LEAVES), description);
        return original;
    }

    private void copy(Original original, String change, Rewrite rewrite, String id, String description)
            throws IOException {
        var file = original.kind() + "-" + change + ".zip";
        var copy = rewrite.apply(original.network());
        folder.writeZip(file, copy);
        folder.addUpload(file, Expected.MATCH, story(original, id, change, copy, description));
    }

    private void resave(
            Original original, String change, Rewrite rewrite, Precision precision, String id, String description)
            throws IOException {
        var file = original.kind() + "-" + change + ".safetensors";
        var copy = rewrite.apply(original.network());
        folder.writeSafetensors(file, copy, precision);
        folder.addUpload(file, Expected.MATCH, story(original, id, change, copy, description));
    }

    private void stranger(Architecture architecture, long seed, String id, String description) throws IOException {
        var network = trained(architecture, seed);
        var file = kind(architecture) + "-stranger.zip";
        folder.writeZip(file, network);
        folder.addUpload(
                file,
                Expected.NO_MATCH,
                new Story(id, null, "unrelated", kind(architecture), accuracy(network, LEAVES), description));
    }

    private void broken(String file, byte[] content, Expected expected, String id, String description)
            throws IOException {
        Files.write(folder.path(file), content);
        folder.addUpload(file, expected, new Story(id, null, "broken", null, null, description));
    }

    private MultiLayerNetwork trained(Architecture architecture, long seed) {
        var network = architecture.untrained(LEAVES.classCount(), seed);
        Trainer.train(network, LEAVES, plan(300, 2e-3, seed));
        return network;
    }

    private Trainer.Plan plan(int steps, double learningRate, long seed) {
        return new Trainer.Plan((int) Math.ceil(effort * steps), learningRate, seed);
    }

    private Story story(Original original, String id, String change, MultiLayerNetwork copy, String description) {
        var task = copy.layerSize(copy.getnLayers() - 1) == SIGNS.classCount() ? SIGNS : LEAVES;
        return new Story(id, original.id(), change, original.kind(), accuracy(copy, task), description);
    }

    private double accuracy(MultiLayerNetwork network, ImageTask task) {
        return Trainer.accuracy(network, task, (int) Math.ceil(effort * TEST_PICTURES));
    }

    private static String kind(Architecture architecture) {
        return architecture.name().toLowerCase(Locale.ROOT);
    }

    /** A GGUF file, version 3, of no tensors and one piece of metadata: magic | version | tensors | pairs | key, type, value. */
    private static byte[] ggufWithoutTensors() {
        var file = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
        file.put("GGUF".getBytes(StandardCharsets.US_ASCII))
                .putInt(3)
                .putLong(0)
                .putLong(1);
        putText(file, "general.architecture");
        file.putInt(8);
        putText(file, "llama");
        return Arrays.copyOf(file.array(), file.position());
    }

    private static void putText(ByteBuffer file, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        file.putLong(bytes.length).put(bytes);
    }

    /** A protected network. */
    private record Original(String id, Architecture architecture, MultiLayerNetwork network) {

        String kind() {
            return DemoModels.kind(architecture);
        }

        String file() {
            return kind() + "-original.zip";
        }
    }
}

package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PickleMachine;
import io.weighbridge.hasher.format.pickle.PickleRun;
import io.weighbridge.hasher.format.pickle.Slice;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What {@code torch.save} wrote. Since 1.6 a zip archive of {@code NAME/data.pkl}, {@code NAME/data/KEY} for each storage and, in newer
 * ones, {@code NAME/byteorder}: state dicts, checkpoints, pickled modules and TorchScript all look like this. Before, a {@link LegacyFile};
 * at first, a {@link TarModel}. {@code torch.package} writes a {@link TorchPackage}, {@code torch.export} an {@link ExportedProgram}.
 */
public final class PyTorchFormat implements ModelFormat {

    private static final int MAGIC_BYTES = 64;

    @Override
    public String id() {
        return "pytorch";
    }

    @Override
    public boolean recognises(ModelBytes file, ReadLimits limits) throws IOException {
        if (ZipArchive.isZip(file)) {
            var archive = ZipArchive.open(file, limits);
            return archive.contains(folder(archive) + "data.pkl")
                    || TorchPackage.isIn(archive, folder(archive))
                    || ExportedProgram.isIn(archive);
        }
        return isTarModel(file, limits) || isLegacy(file, limits);
    }

    @Override
    public ModelWeights read(ModelBytes file, ReadLimits limits) throws IOException {
        if (ZipArchive.isZip(file)) {
            return readZip(file, limits);
        }
        var run = new PickleRun(limits);
        var root = isTarModel(file, limits)
                ? TarModel.read(TarFile.open(file, limits), run)
                : LegacyFile.read(file, "the file", run);
        return UnpickledModel.read(id(), root, file, run);
    }

    /** A frozen TorchScript module has no attributes left: its weights are constants. */
    private ModelWeights readZip(ModelBytes file, ReadLimits limits) throws IOException {
        var archive = ZipArchive.open(file, limits);
        archive.verify();
        var folder = folder(archive);
        if (ExportedProgram.isIn(archive)) {
            return UnpickledModel.read(id(), ExportedProgram.tensors(archive, limits), file, limits);
        }
        if (TorchPackage.isIn(archive, folder)) {
            var run = new PickleRun(limits);
            var root = TorchPackage.read(archive, folder, byteOrder(archive, folder), run);
            return UnpickledModel.read(id(), root, file, run);
        }
        var weights = readZip(file, limits, archive, "data");
        boolean hasConstants = archive.contains(folder + "constants.pkl");
        return weights.layers().isEmpty() && hasConstants ? readZip(file, limits, archive, "constants") : weights;
    }

    /** Reads {@code NAME.pkl} and the storages under {@code NAME/}. */
    private ModelWeights readZip(ModelBytes file, ReadLimits limits, ZipArchive archive, String name)
            throws IOException {
        var run = new PickleRun(limits);
        var folder = folder(archive);
        var storages = new ZipStorages(archive, folder + name + "/", "", byteOrder(archive, folder));
        var input = new PickleInput(archive.entry(folder + name + ".pkl"), "the pickle", run);
        var root = PickleMachine.load(input, (id, at) -> PyStorage.of(id, storages, at), ArrayCalls::make);
        input.expectEnd();
        return UnpickledModel.read(id(), root, file, run);
    }

    private static boolean isTarModel(ModelBytes file, ReadLimits limits) throws IOException {
        if (!TarFile.isTar(file)) {
            return false;
        }
        try {
            var tar = TarFile.open(file, limits);
            return tar.contains("pickle") && tar.contains("storages");
        } catch (ModelFormatException e) {
            var start = file.peek(0, MAGIC_BYTES);
            var name = StandardCharsets.ISO_8859_1.decode(start).toString();
            return name.matches("(?s)(\\./)?(sys_info|pickle|storages|tensors)\0.*");
        }
    }

    private static boolean isLegacy(ModelBytes file, ReadLimits limits) throws IOException {
        var start = file.peek(0, MAGIC_BYTES);
        return LegacyFile.begins(
                new PickleInput(new Slice(file, 0, start.remaining()), "the file", new PickleRun(limits)));
    }

    private static ByteOrder byteOrder(ZipArchive archive, String folder) throws IOException {
        if (!archive.contains(folder + "byteorder")) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        var order = StandardCharsets.UTF_8
                .decode(archive.readHeader(folder + "byteorder"))
                .toString();
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw ModelFormatException.malformed("byteorder: expected little or big, got " + order);
        };
    }

    /** The folder of the first entry, with its slash: where PyTorch looks for all others. */
    private static String folder(ZipArchive archive) {
        return archive.names().stream()
                .findFirst()
                .map(name -> name.substring(0, name.indexOf('/') + 1))
                .orElse("");
    }
}

package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PickleRun;
import io.weighbridge.hasher.format.pickle.Slice;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;
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
            var folder = TorchArchive.folder(archive);
            return archive.contains(folder + "data.pkl")
                    || TorchPackage.isIn(archive, folder)
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

    /** Examples of what an exported program takes are no weights. */
    @Override
    public boolean isNoPartOfTheModel(String entry) {
        return ExportedProgram.isSample(entry);
    }

    /** A frozen TorchScript module has no attributes left: its weights are constants. */
    private ModelWeights readZip(ModelBytes file, ReadLimits limits) throws IOException {
        var archive = TorchArchive.open(file, limits);
        if (ExportedProgram.isIn(archive.zip())) {
            return UnpickledModel.read(id(), ExportedProgram.tensors(archive.zip(), limits), file, limits);
        }
        if (TorchPackage.isIn(archive.zip(), archive.folder())) {
            var run = new PickleRun(limits);
            var root = TorchPackage.read(archive.zip(), archive.folder(), archive.byteOrder(), run);
            return UnpickledModel.read(id(), root, file, run);
        }
        var weights = readPickle(file, limits, archive, "data");
        return weights.layers().isEmpty() && archive.holds("constants.pkl")
                ? readPickle(file, limits, archive, "constants")
                : weights;
    }

    private ModelWeights readPickle(ModelBytes file, ReadLimits limits, TorchArchive archive, String name)
            throws IOException {
        var run = new PickleRun(limits);
        return UnpickledModel.read(id(), archive.unpickle(name, run), file, run);
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
}

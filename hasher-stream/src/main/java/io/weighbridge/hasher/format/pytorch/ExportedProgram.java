package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ElementType;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.pytorch.TensorFinder.Found;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What {@code torch.export.save} writes since PyTorch 2.8 ({@code .pt2}): a zip archive with the bytes of each storage as an entry, and one text of
 * all tensors for each program.
 *
 * <pre>
 * NAME/data/weights/PROGRAM_weights_config.json, NAME/data/weights/weight_0 ...: parameters and buffers, by their names in the state dict
 * NAME/data/constants/PROGRAM_constants_config.json, NAME/data/constants/tensor_0 ...: what the program holds beside them
 * </pre>
 */
final class ExportedProgram {

    private static final Pattern CONFIG = Pattern.compile(".*/data/(weights|constants)/[^/]*_\\1_config\\.json");

    private static final Pattern SAMPLE = Pattern.compile(".*/data/sample_inputs/[^/]*\\.pt");

    /** {@code torch._export.serde.schema.ScalarType}. */
    private static final Map<Long, ElementType> TYPES = Map.ofEntries(
            Map.entry(1L, ElementType.U8),
            Map.entry(2L, ElementType.I8),
            Map.entry(3L, ElementType.I16),
            Map.entry(4L, ElementType.I32),
            Map.entry(5L, ElementType.I64),
            Map.entry(6L, ElementType.F16),
            Map.entry(7L, ElementType.F32),
            Map.entry(8L, ElementType.F64),
            Map.entry(10L, ElementType.COMPLEX64),
            Map.entry(11L, ElementType.COMPLEX128),
            Map.entry(12L, ElementType.BOOL),
            Map.entry(13L, ElementType.BF16),
            Map.entry(28L, ElementType.U16),
            Map.entry(29L, ElementType.F8_E4M3),
            Map.entry(30L, ElementType.F8_E5M2),
            Map.entry(31L, ElementType.F8_E4M3FNUZ),
            Map.entry(32L, ElementType.F8_E5M2FNUZ),
            Map.entry(33L, ElementType.F8_E8M0),
            Map.entry(34L, ElementType.U32),
            Map.entry(35L, ElementType.U64));

    private final ZipArchive archive;
    private final ReadLimits limits;

    private ExportedProgram(ZipArchive archive, ReadLimits limits) {
        this.archive = archive;
        this.limits = limits;
    }

    /** Whether an archive is one, by its names. */
    static boolean isIn(ZipArchive archive) {
        return archive.names().stream().anyMatch(name -> CONFIG.matcher(name).matches());
    }

    /** Whether an entry holds an example of what a program takes. */
    static boolean isSample(String entry) {
        return SAMPLE.matcher(entry).matches();
    }

    /** All its tensors; constants count as attributes, which a state dict would leave out. */
    static List<Found> tensors(ZipArchive archive, ReadLimits limits) throws IOException {
        var program = new ExportedProgram(archive, limits);
        var found = new ArrayList<Found>();
        for (var name : archive.names()) {
            var config = CONFIG.matcher(name);
            if (config.matches()) {
                program.read(name, config.group(1).equals("constants"), found);
            }
        }
        return found;
    }

    private void read(String configName, boolean isConstants, List<Found> found) throws IOException {
        var folder = configName.substring(0, configName.lastIndexOf('/') + 1);
        var text = archive.readHeader(configName);
        var bytes = new byte[text.remaining()];
        text.get(bytes);
        // Little-endian whatever the archive says: PyTorch copies the bytes of its machine, and reads them as its
        // machine's.
        var storages = new ZipStorages(archive, folder, "", ByteOrder.LITTLE_ENDIAN);
        for (var entry : new ExportConfig("zip entry " + configName, limits).read(bytes)) {
            if (found.size() == limits.maxTensors()) {
                throw ModelFormatException.tooLarge("tensors: more than maxTensors = " + limits.maxTensors());
            }
            found.add(new Found(entry.name(), "", isConstants, tensor(entry, storages)));
        }
    }

    private static PyTensor tensor(ExportConfig.Entry entry, ZipStorages storages) throws ModelFormatException {
        var type = TYPES.get(entry.dtype());
        if (entry.isPickled() || type == null) {
            var what = entry.isPickled() ? "a tensor pickled inside an export" : "the export type " + entry.dtype();
            return PyAbsent.notRead(entry.sizes(), what);
        }
        if (entry.sizes().size() != entry.strides().size()) {
            throw ModelFormatException.malformed("tensor " + entry.name() + ": expected "
                    + entry.sizes().size() + " strides, got " + entry.strides().size());
        }
        if (entry.sizes().stream().anyMatch(size -> size < 0)) {
            throw ModelFormatException.malformed(
                    "tensor " + entry.name() + ": expected sizes >= 0, got " + entry.sizes());
        }
        // Exports write no bytes for tensors without numbers.
        long numbers =
                entry.sizes().contains(0L) ? 0 : storages.storage(entry.file()).sizeBytes() / type.sizeBytes();
        var storage = new PyStorage(storages, entry.file(), type, 0, numbers);
        return new PyView(storage, entry.offset(), entry.sizes(), entry.strides());
    }
}

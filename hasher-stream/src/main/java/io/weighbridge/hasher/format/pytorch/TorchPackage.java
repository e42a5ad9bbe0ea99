package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PickleMachine;
import io.weighbridge.hasher.format.pickle.PickleRun;
import io.weighbridge.hasher.format.pickle.PyDict;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;
import java.nio.ByteOrder;

/**
 * What {@code torch.package} writes: a zip archive of source files, {@code NAME/PACKAGE/RESOURCE.pkl} for each pickled object and {@code
 * NAME/.data/KEY.storage} for each storage of them all.
 */
final class TorchPackage {

    private TorchPackage() {}

    /** Whether an archive is one. Every one lists the modules that it needs from outside. */
    static boolean isIn(ZipArchive archive, String folder) {
        return archive.contains(folder + ".data/extern_modules");
    }

    /** Its only object, or a dictionary of all of them by their names. */
    static Object read(ZipArchive archive, String folder, ByteOrder order, PickleRun run) throws IOException {
        var storages = new ZipStorages(archive, folder + ".data/", ".storage", order);
        var objects = new PyDict();
        for (var name : archive.names()) {
            if (name.startsWith(folder) && name.endsWith(".pkl") && !name.startsWith(folder + ".data/")) {
                var input = new PickleInput(archive.entry(name), "zip entry " + name, run);
                objects.put(
                        name.substring(folder.length()),
                        PickleMachine.load(input, (id, at) -> PyStorage.of(id, storages, at), ArrayCalls::make));
                input.expectEnd();
            }
        }
        return objects.entries().size() == 1
                ? objects.entries().values().iterator().next()
                : objects;
    }
}

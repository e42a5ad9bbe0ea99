package io.weighbridge.hasher.format.pytorch;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.hasher.format.pickle.PickleInput;
import io.weighbridge.hasher.format.pickle.PickleMachine;
import io.weighbridge.hasher.format.pickle.PickleRun;
import io.weighbridge.hasher.format.zip.ZipArchive;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A zip archive that PyTorch wrote.
 *
 * @param folder that all its entries are in, with its slash
 */
record TorchArchive(ZipArchive zip, String folder) {

    /** Reads all entries once, and compares their checksums. */
    static TorchArchive open(ModelBytes file, ReadLimits limits) throws IOException {
        var zip = ZipArchive.open(file, limits);
        zip.verify();
        return new TorchArchive(zip, folder(zip));
    }

    /** The folder of the first entry, with its slash: where PyTorch looks for all others. */
    static String folder(ZipArchive zip) {
        return zip.names().stream()
                .findFirst()
                .map(name -> name.substring(0, name.indexOf('/') + 1))
                .orElse("");
    }

    /** Whether there is an entry of a name below the folder. */
    boolean holds(String name) {
        return zip.contains(folder + name);
    }

    /** The value of {@code NAME.pkl}, with storages under {@code NAME/}. */
    Object unpickle(String name, PickleRun run) throws IOException {
        var storages = new ZipStorages(zip, folder + name + "/", "", byteOrder());
        var input = new PickleInput(zip.entry(folder + name + ".pkl"), "the pickle", run);
        var root = PickleMachine.load(input, (id, at) -> PyStorage.of(id, storages, at), ArrayCalls::make);
        input.expectEnd();
        return root;
    }

    ByteOrder byteOrder() throws IOException {
        if (!holds("byteorder")) {
            return ByteOrder.LITTLE_ENDIAN;
        }
        var order = StandardCharsets.UTF_8
                .decode(zip.readHeader(folder + "byteorder"))
                .toString();
        return switch (order) {
            case "little" -> ByteOrder.LITTLE_ENDIAN;
            case "big" -> ByteOrder.BIG_ENDIAN;
            default -> throw ModelFormatException.malformed("byteorder: expected little or big, got " + order);
        };
    }
}

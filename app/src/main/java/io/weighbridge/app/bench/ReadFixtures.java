package io.weighbridge.app.bench;

import io.weighbridge.app.zoo.save.Precision;
import io.weighbridge.app.zoo.save.SafetensorsWriter;
import io.weighbridge.app.zoo.save.SavedFormat;
import io.weighbridge.app.zoo.save.SavedTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Saves one network in every format that can be written here. */
final class ReadFixtures {

    private static final int SHARDS = 4;

    private final Path folder;
    private final List<MemoryLayer> layers;
    private final List<SavedTensor> tensors;
    private final List<BenchFile> files = new ArrayList<>();

    private ReadFixtures(NetworkShape network, Path folder) {
        this.folder = folder;
        layers = MemoryLayer.of(network);
        tensors = layers.stream().map(ReadFixtures::tensor).toList();
    }

    /** Writes all files into an empty folder. */
    static List<BenchFile> write(NetworkShape network, Path folder) throws IOException {
        var fixtures = new ReadFixtures(network, folder);
        fixtures.writeSavedFormats();
        fixtures.writeShards();
        NumpyFiles.writeNpy(fixtures.add("numpy.npy"), fixtures.layers);
        NumpyFiles.writeNpz(fixtures.add("numpy.npz"), fixtures.layers);
        Dl4jFile.write(fixtures.add("dl4j.zip"), fixtures.layers);
        fixtures.writeContainers();
        return fixtures.files;
    }

    private Path add(String name) {
        var file = folder.resolve(name);
        files.add(BenchFile.of(file));
        return file;
    }

    private void writeSavedFormats() throws IOException {
        for (var format : SavedFormat.values()) {
            format.write(add(format.name().toLowerCase(Locale.ROOT) + "." + format.extension()), tensors);
        }
    }

    /** Relies on: names need no escapes in JSON. */
    private void writeShards() throws IOException {
        var index = folder.resolve("sharded.safetensors.index.json");
        var all = new ArrayList<>(List.of(index));
        var places = new ArrayList<String>();
        int shards = Math.min(SHARDS, tensors.size());
        for (int shard = 0; shard < shards; shard++) {
            var part = tensors.subList(tensors.size() * shard / shards, tensors.size() * (shard + 1) / shards);
            var file =
                    folder.resolve(String.format(Locale.ROOT, "sharded-%05d-of-%05d.safetensors", shard + 1, shards));
            SafetensorsWriter.write(file, part, Precision.F32);
            part.forEach(tensor -> places.add("\"" + tensor.name() + "\":\"" + file.getFileName() + "\""));
            all.add(file);
        }
        long bytes = tensors.stream().mapToLong(SavedTensor::size).sum() * Float.BYTES;
        Files.writeString(
                index,
                "{\"metadata\":{\"total_size\":" + bytes + "},\"weight_map\":{" + String.join(",", places) + "}}");
        files.add(new BenchFile(index, all));
    }

    private void writeContainers() throws IOException {
        var plain = files.get(SavedFormat.SAFETENSORS.ordinal()).main();
        try (var out = new ZipOutputStream(Files.newOutputStream(add("safetensors.zip")))) {
            out.putNextEntry(new ZipEntry("model.safetensors"));
            Files.copy(plain, out);
            out.closeEntry();
        }
        try (var out = new GZIPOutputStream(Files.newOutputStream(add("safetensors.gz")))) {
            Files.copy(plain, out);
        }
    }

    private static SavedTensor tensor(MemoryLayer layer) {
        return SavedTensor.of(layer.name(), layer.shape().sizes(), layer.values());
    }
}

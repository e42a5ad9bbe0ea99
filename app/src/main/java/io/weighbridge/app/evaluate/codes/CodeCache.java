package io.weighbridge.app.evaluate.codes;

import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.WeightLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;

/**
 * Codes that were made before, a file for each column: {@code COLUMN.STAMP.csv}, with one line {@code SHA-256,CODE} for each content. Lines are
 * appended as codes are made, so a run that was stopped goes on where it was. Safe for use by many threads.
 *
 * <p>The stamp is the beginning of the code of a fixed made-up network and the version of the readers: an algorithm that changes without a new
 * name does not find its old codes.
 */
final class CodeCache {

    /** Changed when a reader gives other weights for the same bytes. */
    private static final int READERS = 1;

    private static final Pattern LINE = Pattern.compile("[0-9a-f]{64},([0-9a-f]{16})+");

    private final Map<String, PerceptualCode> codes = new HashMap<>();
    private final Path file;
    private final Single column;

    private CodeCache(Path file, Single column) {
        this.file = file;
        this.column = column;
    }

    /** Opens the cache of a column in a folder, which is made if there is none. */
    static CodeCache open(Path folder, Single column) throws IOException {
        Files.createDirectories(folder);
        var cache = new CodeCache(folder.resolve(column.id() + "." + stamp(column) + ".csv"), column);
        if (Files.exists(cache.file)) {
            Files.readAllLines(cache.file).forEach(cache::keep);
        }
        return cache;
    }

    synchronized Optional<PerceptualCode> get(String sha256) {
        return Optional.ofNullable(codes.get(sha256));
    }

    synchronized void put(String sha256, PerceptualCode code) {
        if (codes.putIfAbsent(sha256, code) != null) {
            return;
        }
        try {
            // The line break comes first: after a line that was cut off when a run was stopped, it begins a whole one.
            Files.writeString(
                    file, "\n" + sha256 + "," + code.hex(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keep(String line) {
        if (LINE.matcher(line).matches()) {
            String[] fields = line.split(",");
            var algorithm = column.algorithm();
            if (fields[1].length() * 4 == algorithm.bits()) {
                codes.put(fields[0], PerceptualCode.fromHex(algorithm.id(), fields[1]));
            }
        }
    }

    private static String stamp(Single column) {
        var network = List.of(
                layer("stem", LayerKind.CONVOLUTION, 12, 3, 9),
                layer("depthwise", LayerKind.DEPTHWISE, 12, 1, 9),
                layer("pointwise", LayerKind.CONVOLUTION, 20, 12, 1),
                layer("wide", LayerKind.CONVOLUTION, 24, 20, 25),
                layer("head", LayerKind.DENSE, 10, 24, 1));
        return column.algorithm().hash(network).hex().substring(0, 16) + "-" + READERS;
    }

    private static WeightLayer layer(String name, LayerKind kind, int outputs, int inputs, int positions) {
        return new MadeUpLayer(name, kind, outputs, inputs, positions);
    }

    private record MadeUpLayer(String name, LayerKind kind, int outputs, int inputs, int positions)
            implements WeightLayer {

        @Override
        public void read(int fromOutput, int count, float[] target) {
            int length = inputs * positions;
            for (int row = 0; row < count; row++) {
                var random = new SplittableRandom(31L * name.hashCode() + fromOutput + row);
                for (int i = 0; i < length; i++) {
                    double x = random.nextDouble() + random.nextDouble() + random.nextDouble() - 1.5;
                    target[row * length + i] = (float) (x * x * x);
                }
            }
        }
    }
}

package io.weighbridge.hasher.format.tensorflow;

import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The data files of a checkpoint, {@code PREFIX.data-00000-of-00002}, beside its index.
 *
 * <p>The index does not hold its own prefix, and what a file is called counts for nothing, so the prefix is looked for: {@code variables},
 * as in every SavedModel, those that the text file {@code checkpoint} lists, as TensorFlow writes it beside others, and names in
 * common use. The first with a first shard is taken, unless there is an index of that prefix and it is another one.
 */
final class Shards {

    private static final List<String> USUAL =
            List.of("variables", "model.ckpt", "model", "ckpt", "checkpoint", "weights", "cp.ckpt", "ckpt-1");

    private static final String INDEX = ".index";
    private static final int MAX_STATE_BYTES = 1 << 16;
    private static final int MAX_PREFIXES = 100;
    private static final int CHUNK_BYTES = 1 << 16;
    private static final Pattern LISTED = Pattern.compile("model_checkpoint_paths?: *\"(?:[^\"]*/)?([^\"/\\\\:]+)\"");

    private final ModelBytes index;
    private final int count;
    private final Map<Long, ModelBytes> opened = new HashMap<>();
    private final String prefix;

    /** @throws ModelFormatException if there is no first shard */
    Shards(ModelBytes index, int count) throws IOException {
        this.index = index;
        this.count = count;
        this.prefix = findPrefix();
    }

    /** The file that holds a tensor, which lies inside of it. */
    ModelBytes of(BundleEntry tensor) throws IOException {
        if (tensor.shard() < 0 || tensor.shard() >= count) {
            throw ModelFormatException.malformed(
                    "tensor " + tensor.name() + ": expected one of " + count + " shards, got shard " + tensor.shard());
        }
        var shard = opened.get(tensor.shard());
        if (shard == null) {
            shard = index.sibling(name(prefix, tensor.shard())).orElse(null);
            if (shard == null) {
                throw missing(name(prefix, tensor.shard()));
            }
            opened.put(tensor.shard(), shard);
        }
        if (tensor.endBytes() > shard.sizeBytes()) {
            throw ModelFormatException.malformed(
                    "tensor " + tensor.name() + " at byte " + tensor.offsetBytes() + ": expected "
                            + tensor.sizeBytes() + " bytes, " + name(prefix, tensor.shard()) + " ends at byte "
                            + shard.sizeBytes());
        }
        return shard;
    }

    /** Notes where a tensor lies, if its shard was opened. */
    void claim(BundleEntry tensor) {
        var shard = opened.get(tensor.shard());
        if (shard != null) {
            shard.claim(tensor.offsetBytes(), tensor.sizeBytes());
        }
    }

    /** Compares the checksum of a tensor's bytes. */
    void check(BundleEntry tensor) throws IOException {
        var shard = of(tensor);
        var crc = new MaskedCrc();
        var chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, tensor.sizeBytes()));
        for (long at = tensor.offsetBytes(); at < tensor.endBytes(); at += chunk.limit()) {
            chunk.clear().limit((int) Math.min(chunk.capacity(), tensor.endBytes() - at));
            shard.readInto(chunk, at, "tensor " + tensor.name());
            crc.update(chunk.flip());
        }
        crc.expect(tensor.crc(), "tensor " + tensor.name());
    }

    /** Each byte of a shard belongs to one tensor at most, so that reading all of them is bounded by what was uploaded. */
    static void checkOverlaps(List<BundleEntry> tensors) throws ModelFormatException {
        var sorted = new ArrayList<>(tensors);
        sorted.removeIf(tensor -> tensor.sizeBytes() == 0 || tensor.isSliced());
        sorted.sort(Comparator.comparingLong(BundleEntry::shard).thenComparingLong(BundleEntry::offsetBytes));
        for (int i = 1; i < sorted.size(); i++) {
            var before = sorted.get(i - 1);
            var tensor = sorted.get(i);
            if (tensor.shard() == before.shard() && tensor.offsetBytes() < before.endBytes()) {
                throw ModelFormatException.malformed("tensor " + tensor.name() + ": expected to begin at byte "
                        + before.endBytes() + " or later, got " + tensor.offsetBytes() + ", an overlap");
            }
        }
    }

    private String findPrefix() throws IOException {
        String withoutIndex = null;
        for (var candidate : prefixes()) {
            if (index.sibling(name(candidate, 0)).isEmpty()) {
                continue;
            }
            if (index.name().filter(named -> named.equals(candidate + INDEX)).isPresent()) {
                return candidate;
            }
            var other = index.sibling(candidate + INDEX);
            if (other.isPresent() && isThis(other.get())) {
                return candidate;
            }
            if (other.isEmpty() && withoutIndex == null) {
                withoutIndex = candidate;
            }
        }
        if (withoutIndex == null) {
            throw missing(name("variables", 0));
        }
        return withoutIndex;
    }

    private boolean isThis(ModelBytes other) throws IOException {
        if (other.sizeBytes() != index.sizeBytes()) {
            return false;
        }
        for (long at = 0; at < index.sizeBytes(); at += CHUNK_BYTES) {
            if (!other.peek(at, CHUNK_BYTES).equals(index.peek(at, CHUNK_BYTES))) {
                return false;
            }
        }
        return true;
    }

    private Set<String> prefixes() throws IOException {
        var prefixes = new LinkedHashSet<String>();
        index.name()
                .filter(name -> name.endsWith(INDEX))
                .ifPresent(name -> prefixes.add(name.substring(0, name.length() - INDEX.length())));
        prefixes.add(USUAL.get(0));
        var state = index.sibling("checkpoint");
        if (state.isPresent()) {
            var text = StandardCharsets.UTF_8.decode(state.get().peek(0, MAX_STATE_BYTES));
            var listed = LISTED.matcher(text);
            while (listed.find() && prefixes.size() < MAX_PREFIXES) {
                prefixes.add(listed.group(1));
            }
        }
        prefixes.addAll(USUAL);
        prefixes.removeIf(name -> name.equals(".") || name.equals(".."));
        return prefixes;
    }

    private String name(String ofPrefix, long shard) {
        return String.format(Locale.ROOT, "%s.data-%05d-of-%05d", ofPrefix, shard, count);
    }

    private static ModelFormatException missing(String name) {
        return ModelFormatException.unsupported(
                "the index of a TensorFlow checkpoint without its numbers: no file " + name + " beside it");
    }
}

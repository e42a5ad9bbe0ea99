package io.weighbridge.hasher.format.container;

import io.weighbridge.hash.WeightLayer;
import io.weighbridge.hasher.format.ByteRange;
import io.weighbridge.hasher.format.ModelBytes;
import io.weighbridge.hasher.format.ModelFormat;
import io.weighbridge.hasher.format.ModelFormatException;
import io.weighbridge.hasher.format.ModelWeights;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for the largest model in a container and those inside it. Only that one is held; of all others the name is kept. The number of
 * entries and bytes is bounded over all depths.
 */
final class ModelSearch {

    /** What one entry came to, without its layers. */
    private record Found(String path, String format, long weights) {}

    /** One container on the way. */
    private record Place(ModelBytes file, String path, String formats, int depth) {

        Place inside(ModelBytes part, String name, String format) {
            return new Place(part, path.isEmpty() ? name : path + "/" + name, formats + "/" + format, depth + 1);
        }
    }

    private final Recognition recognition;
    private final ReadLimits limits;
    private final List<Found> models = new ArrayList<>();
    private final Map<String, ModelFormatException> failures = new LinkedHashMap<>();
    private final Set<String> opened = new HashSet<>();
    private ModelWeights largest;
    private Found chosen;
    private String first;
    private int entries;

    ModelSearch(Recognition recognition, ReadLimits limits) {
        this.recognition = recognition;
        this.limits = limits;
    }

    /** Reads the largest model; whatever else may hold weights is named in it. */
    ModelWeights in(ContainerKind kind, ModelBytes file) throws IOException {
        look(kind, new Place(file, "", kind.id(), 1));
        var unread = unread();
        if (chosen == null && unread.isEmpty()) {
            throw ModelFormatException.unsupported(kind.description() + " that holds no model: "
                    + (first == null ? "it is empty" : "first of " + entries + " entries " + Unread.end(first)));
        }
        if (chosen == null || chosen.weights == 0 && !unread.isEmpty()) {
            throw unread.failure();
        }
        var note = unread.isEmpty() ? null : "hashed only " + Unread.end(chosen.path) + "; not " + unread;
        return new ModelWeights(
                chosen.format,
                largest.tensors(),
                largest.parameters(),
                largest.layers(),
                largest.sizes(),
                largest.remark(),
                note);
    }

    private void look(ContainerKind kind, Place place) throws IOException {
        if (place.depth > limits.maxDepth()) {
            throw ModelFormatException.tooLarge(
                    kind.description() + " inside others, deeper than maxDepth = " + limits.maxDepth());
        }
        var files = kind.entries(place.file, limits);
        var byName = new LinkedHashMap<String, ByteRange>();
        files.forEach(entry -> byName.put(entry.name(), entry.bytes()));
        for (var entry : files) {
            entries++;
            if (entries > limits.maxEntries()) {
                throw ModelFormatException.tooLarge("more than maxEntries = " + limits.maxEntries());
            }
            look(entry, place, byName);
        }
    }

    private void look(Entry entry, Place place, Map<String, ByteRange> byName) throws IOException {
        first = first == null ? entry.name() : first;
        if (entry.bytes().sizeBytes() == 0) {
            return;
        }
        var asked = new HashSet<String>();
        var before = chosen;
        var siblings = new EntrySiblings(entry.folder(), byName, asked);
        var part = place.file.part(entry.bytes(), siblings);
        var inside = place.inside(part, entry.name(), "");
        try {
            var format = recognition.format(part, limits);
            if (format.isEmpty()) {
                lookAtForeign(part, inside.path);
            } else if (format.get() instanceof ContainerFormat container) {
                look(container.kind(), place.inside(part, entry.name(), container.id()));
            } else {
                take(format.get(), place.inside(part, entry.name(), format.get().id()));
            }
        } catch (ModelFormatException e) {
            failures.put(inside.path, e);
        }
        asked.forEach(name -> opened.add(place.inside(part, name, "").path));
        if (chosen == before) {
            part.close();
        }
    }

    private void lookAtForeign(ModelBytes part, String path) throws IOException {
        if (!recognition.holdsNoWeights(part, limits)) {
            failures.put(path, ModelFormatException.unsupported(recognition.describe(part, limits)));
        }
    }

    private void take(ModelFormat format, Place place) throws IOException {
        var model = format.read(place.file, limits);
        long weights = model.layers().stream().mapToLong(WeightLayer::size).sum();
        if (model.unread() != null) {
            failures.put(place.path, ModelFormatException.unsupported(model.unread()));
        }
        var found = new Found(place.path, place.formats, weights);
        models.add(found);
        if (chosen == null || weights > chosen.weights) {
            largest = model;
            chosen = found;
        }
    }

    private Unread unread() {
        var unread = new Unread();
        for (var model : models) {
            if (model != chosen && model.weights > 0 && !isShard(model)) {
                unread.add(model.path, Outcome.NO_WEIGHTS, model.format + " with " + model.weights + " weights");
            }
        }
        failures.forEach((path, failure) -> {
            if (!opened.contains(path)) {
                unread.add(path, failure);
            }
        });
        return unread;
    }

    /** Whether the chosen model can have been put together from it: one of the same format, opened by another, no larger with its like. */
    private boolean isShard(Found model) {
        return isOpenedLike(model)
                && models.stream()
                                .filter(other -> other != chosen && isOpenedLike(other))
                                .mapToLong(Found::weights)
                                .sum()
                        <= chosen.weights;
    }

    private boolean isOpenedLike(Found model) {
        return opened.contains(model.path) && model.format.equals(chosen.format);
    }
}

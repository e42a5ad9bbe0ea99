package io.weighbridge.app.evaluate;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which families of the tuning part serve for what: by the tasks of their originals, in the order of their names, the first two thirds for the constants of
 * {@code pri}, the last third for the spread of strangers. Strangers among the networks that the constants come from are too far apart: what they share was
 * taken from them.
 */
public final class TuningTasks {

    private final Set<String> familiesOfConstants;

    private TuningTasks(Set<String> familiesOfConstants) {
        this.familiesOfConstants = familiesOfConstants;
    }

    /** @param models a whole library */
    public static TuningTasks of(List<LibraryModel> models) {
        var originals = models.stream()
                .filter(model -> model.part() == Part.TUNING && model.kind() == Kind.ORIGINAL)
                .toList();
        var tasks = originals.stream().map(LibraryModel::task).collect(Collectors.toCollection(TreeSet::new));
        var first = tasks.stream().limit(tasks.size() * 2 / 3).collect(Collectors.toSet());
        return new TuningTasks(originals.stream()
                .filter(original -> first.contains(original.task()))
                .map(LibraryModel::family)
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** Whether the constants come from the family of this model. */
    public boolean isOfConstants(LibraryModel model) {
        return familiesOfConstants.contains(model.family());
    }

    /** Whether the spread of strangers comes from the family of this model. */
    public boolean isOfSpread(LibraryModel model) {
        return model.part() == Part.TUNING && !isOfConstants(model);
    }
}

package io.weighbridge.app.evaluate.figures;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import io.weighbridge.app.evaluate.codes.LibraryCodes;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a library holds.
 *
 * @param files all that the manifest lists
 * @param hashed those that have codes
 * @param parts counts of each part that has files
 * @param tasksInBothParts tasks that originals of both parts were trained for
 * @param architectures counts by architecture
 * @param kinds counts by kind
 * @param changes what was done to originals
 * @param unhashed the files without codes
 */
public record LibraryCounts(
        int files,
        int hashed,
        List<Group> parts,
        int tasksInBothParts,
        List<Group> architectures,
        List<Group> kinds,
        List<Change> changes,
        List<Missing> unhashed) {

    /** Files of one kind: of all parts, and of each. */
    public record Group(String name, int families, int files, int tuning, int report) {}

    /**
     * One change, over both parts.
     *
     * @param destroyed copies that lost their accuracy
     * @param accuracy mean of those that were measured
     * @param originalAccuracy mean of the originals of those
     */
    public record Change(
            String name,
            String kind,
            int files,
            int destroyed,
            OptionalDouble accuracy,
            OptionalDouble originalAccuracy) {}

    /** A file without codes, and why. */
    public record Missing(String file, String change, String outcome, Optional<String> reason) {}

    static LibraryCounts of(LibraryCodes codes, KeptAccuracy accuracy) {
        var models = codes.all().toList();
        return new LibraryCounts(
                models.size(),
                codes.models().size(),
                groups(
                        models,
                        model -> model.part().id(),
                        Stream.of(Part.values()).map(Part::id)),
                tasksInBothParts(models),
                groups(models, LibraryModel::architecture, names(models, LibraryModel::architecture)),
                groups(
                        models,
                        model -> model.kind().id(),
                        Stream.of(Kind.values()).map(Kind::id)),
                changes(models, accuracy),
                codes.unhashed().stream()
                        .map(file ->
                                new Missing(file.model().file(), file.model().change(), file.outcome(), file.reason()))
                        .toList());
    }

    private static int tasksInBothParts(List<LibraryModel> models) {
        var tuning = tasks(models, Part.TUNING);
        tuning.retainAll(tasks(models, Part.REPORT));
        return tuning.size();
    }

    private static Set<String> tasks(List<LibraryModel> models, Part part) {
        return models.stream()
                .filter(model -> model.part() == part && !model.task().isEmpty())
                .map(LibraryModel::task)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Stream<String> names(List<LibraryModel> models, Function<LibraryModel, String> name) {
        return models.stream().map(name).distinct().sorted();
    }

    private static List<Group> groups(
            List<LibraryModel> models, Function<LibraryModel, String> name, Stream<String> names) {
        return names.map(group ->
                        group(group, filtered(models, model -> name.apply(model).equals(group))))
                .filter(group -> group.files() > 0)
                .toList();
    }

    private static Group group(String name, List<LibraryModel> models) {
        return new Group(
                name,
                (int) names(models, LibraryModel::family).count(),
                models.size(),
                filtered(models, model -> model.part() == Part.TUNING).size(),
                filtered(models, model -> model.part() == Part.REPORT).size());
    }

    private static List<Change> changes(List<LibraryModel> models, KeptAccuracy accuracy) {
        return models.stream()
                .sorted(Comparator.comparing(LibraryModel::kind).thenComparing(LibraryModel::change))
                .map(LibraryModel::change)
                .distinct()
                .map(change ->
                        change(change, filtered(models, model -> model.change().equals(change)), accuracy))
                .toList();
    }

    private static Change change(String name, List<LibraryModel> models, KeptAccuracy accuracy) {
        var measured = filtered(
                models,
                model ->
                        model.accuracy().isPresent() && model.originalAccuracy().isPresent());
        return new Change(
                name,
                models.get(0).kind().id(),
                models.size(),
                filtered(models, model -> model.kind().isCopy() && accuracy.isDestroyed(model))
                        .size(),
                measured.stream()
                        .mapToDouble(model -> model.accuracy().getAsDouble())
                        .average(),
                measured.stream()
                        .mapToDouble(model -> model.originalAccuracy().getAsDouble())
                        .average());
    }

    private static List<LibraryModel> filtered(List<LibraryModel> models, Predicate<LibraryModel> condition) {
        return models.stream().filter(condition).toList();
    }
}

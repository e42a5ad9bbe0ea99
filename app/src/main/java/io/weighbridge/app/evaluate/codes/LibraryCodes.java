package io.weighbridge.app.evaluate.codes;

import io.weighbridge.app.evaluate.LibraryModel;
import io.weighbridge.hash.PerceptualCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The codes of a library's files.
 *
 * @param models the files that have codes, in the order of the manifest
 * @param codes for each column id of a single algorithm, the codes of {@code models}
 * @param unhashed the files that have none
 */
public record LibraryCodes(
        List<LibraryModel> models, Map<String, List<PerceptualCode>> codes, List<Unhashed> unhashed) {

    public LibraryCodes {
        models = List.copyOf(models);
        codes = Map.copyOf(codes);
        unhashed = List.copyOf(unhashed);
    }

    /** A file that has no code: unreadable, or holding weights that are not worth one. */
    public record Unhashed(LibraryModel model, String outcome, Optional<String> reason) {}

    /** The codes of one column, one for each of {@link #models()}. */
    public List<PerceptualCode> of(Column.Single column) {
        return codes.get(column.id());
    }

    /** Every file of the library, with or without codes. */
    public Stream<LibraryModel> all() {
        return Stream.concat(models.stream(), unhashed.stream().map(Unhashed::model));
    }
}

package io.weighbridge.app.evaluate;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.hash.ModelHasher;
import io.weighbridge.hash.projection.SignatureSurvey;
import io.weighbridge.hasher.ModelScanner;
import io.weighbridge.hasher.format.ReadLimits;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Estimates the constants of {@code pri} on originals of a library's tuning part, those of {@link TuningTasks}: what unrelated networks share. */
public final class Constants {

    private Constants() {}

    /**
     * Writes them in the layout that the algorithm reads.
     *
     * @return how many networks they come from
     * @throws IOException if the library cannot be read, or an original of the tuning part has no code
     */
    public static int estimate(Path libraryFolder, Path file) throws IOException {
        var library = Library.open(libraryFolder);
        var survey = new SignatureSurvey();
        var scanner = new ModelScanner(ReadLimits.STANDARD, ModelHasher.of(List.of(survey.asAlgorithm())));
        var tasks = TuningTasks.of(library.models());
        int networks = 0;
        for (var model : library.models()) {
            if (model.kind() == Kind.ORIGINAL && tasks.isOfConstants(model)) {
                var scan = scanner.scan(libraryFolder.resolve(model.file()), model.file());
                if (scan.getOutcome() != Outcome.HASHED) {
                    throw new IOException(model.file() + ": " + scan.getOutcome() + ": " + scan.getReason());
                }
                networks++;
            }
        }
        Files.write(file, survey.constants());
        return networks;
    }
}

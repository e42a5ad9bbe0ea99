package io.weighbridge.app.evaluate;

import io.weighbridge.app.evaluate.chart.Charts;
import io.weighbridge.app.evaluate.codes.LibraryHasher;
import io.weighbridge.app.evaluate.figures.LibraryFigures;
import io.weighbridge.app.evaluate.figures.VariantRank;
import io.weighbridge.app.evaluate.report.EvaluationFigures;
import io.weighbridge.app.evaluate.report.EvaluationJson;
import io.weighbridge.app.evaluate.report.Report;
import io.weighbridge.app.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Hashes a library, takes all figures, and writes the report. */
public final class Evaluation {

    private static final String CHARTS = "evaluation";

    private final EvaluationSettings settings;
    private final Progress progress;

    private Evaluation(EvaluationSettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * Evaluates a library.
     *
     * @param library folder with a {@value Library#MANIFEST}
     * @param out folder that gets {@code evaluation.json}, and {@code codes/}, from which the next run takes what was hashed before
     */
    public static EvaluationFigures run(EvaluationSettings settings, Path library, Path out, Progress progress)
            throws IOException, InterruptedException {
        return new Evaluation(settings, progress).run(library, out);
    }

    private EvaluationFigures run(Path folder, Path out) throws IOException, InterruptedException {
        var library = Library.open(folder);
        var also = settings.also().isPresent()
                ? Optional.of(Library.open(settings.also().get()))
                : Optional.<Library>empty();
        var hasher =
                new LibraryHasher(settings.columns().singles(), out.resolve("codes"), settings.threads(), progress);
        var codes = hasher.hash(library.folder(), library.models());
        var taker = new LibraryFigures.Taker(settings.columns(), codes, settings.accuracy(), settings.rate(), progress);
        var figures = taker.take(codes, progress);
        Optional<LibraryFigures> second = Optional.empty();
        if (also.isPresent()) {
            var alsoCodes = hasher.hash(also.get().folder(), also.get().models());
            second = Optional.of(taker.take(alsoCodes, progress));
        }
        var found = new EvaluationFigures(
                settings.command(),
                settings.rate(),
                settings.accuracy(),
                settings.columns().judged(),
                figures,
                VariantRank.onTuning(settings.columns(), codes, progress),
                second);
        write(found, out);
        return found;
    }

    private void write(EvaluationFigures figures, Path out) throws IOException {
        EvaluationJson.write(figures, out.resolve("evaluation.json"));
        var charts = settings.report().resolve(CHARTS);
        Charts.all(figures.library(), charts);
        if (figures.also().isPresent()) {
            Charts.some(figures.also().get(), charts, "second-");
        }
        Files.writeString(settings.report().resolve("evaluation.md"), Report.of(figures, CHARTS));
    }
}

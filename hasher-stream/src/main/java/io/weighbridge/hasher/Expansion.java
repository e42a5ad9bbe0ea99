package io.weighbridge.hasher;

import io.weighbridge.hasher.fetch.Fetcher;
import io.weighbridge.hasher.fetch.ListResult.Listed;
import io.weighbridge.hasher.fetch.ListResult.NotListed;
import io.weighbridge.schemas.avro.ModelFile;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a request, with the files of a repository or folder in the place of its address.
 *
 * @param files to be scanned
 * @param others left out of that by their names; a file may still be read with them
 * @param failure why an address cannot be expanded; null if all are
 */
record Expansion(List<ModelFile> files, List<ModelFile> others, ScanReport failure) {

    static Expansion of(List<ModelFile> files, Fetcher fetcher) throws InterruptedException {
        var models = new ArrayList<ModelFile>();
        var others = new ArrayList<ModelFile>();
        for (var file : files) {
            var listing = fetcher.list(file).orElseGet(() -> new Listed(List.of(file), List.of()));
            if (listing instanceof NotListed not) {
                String reason = file.getPath() + ": " + not.reason();
                return new Expansion(List.of(), List.of(), ScanReport.notScanned(not.outcome(), reason));
            }
            models.addAll(((Listed) listing).models());
            others.addAll(((Listed) listing).others());
        }
        return new Expansion(models, others, null);
    }

    Expansion failed(ScanReport why) {
        return new Expansion(files, others, why);
    }

    /** Characters in the paths of the files, which their outcome repeats. */
    int pathChars() {
        return files.stream().mapToInt(file -> file.getPath().length()).sum();
    }

    /** The report of the files, with how many were left out in its reason. */
    ScanReport complete(ScanReport report) {
        if (others.isEmpty()) {
            return report;
        }
        String first = others.get(0).getPath();
        String leftOut = others.size() == 1
                ? first + " left out by its name"
                : others.size() + " files left out by their names, such as " + first;
        return report.withReason(report.reason() == null ? leftOut : report.reason() + "; " + leftOut);
    }
}

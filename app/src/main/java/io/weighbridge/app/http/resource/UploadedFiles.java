package io.weighbridge.app.http.resource;

import io.javalin.http.HttpStatus;
import io.javalin.http.UploadedFile;
import io.weighbridge.app.client.KeptFiles;
import io.weighbridge.app.client.KeptFilesSettings;
import io.weighbridge.app.http.ProblemException;
import io.weighbridge.schemas.avro.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Files that requests carry, kept for the hasher. */
final class UploadedFiles {

    private final Optional<KeptFiles> kept;

    /** @param kept empty if this server keeps none */
    UploadedFiles(Optional<KeptFiles> kept) {
        this.kept = kept;
    }

    /** The largest file that is kept; 0 if none is. */
    long mostBytes() {
        return kept.map(KeptFiles::mostBytes).orElse(0L);
    }

    /**
     * Keeps the file, under the name it was sent with.
     *
     * @throws ProblemException if it is too large, or not kept here
     */
    ModelFile keep(UploadedFile file) {
        KeptFiles folder = kept.orElseThrow(() -> new ProblemException(
                HttpStatus.CONFLICT, "file: this server keeps none, see the setting " + KeptFilesSettings.FOLDER));
        String name = String.valueOf(Path.of(file.filename().replace('\\', '/')).getFileName());
        try (var content = file.content()) {
            return folder.keep(content, name);
        } catch (KeptFiles.TooLargeException e) {
            throw new ProblemException(HttpStatus.CONTENT_TOO_LARGE, "file: " + e.getMessage());
        } catch (IOException e) {
            throw new ProblemException(HttpStatus.INSUFFICIENT_STORAGE, "file: could not be kept");
        }
    }
}

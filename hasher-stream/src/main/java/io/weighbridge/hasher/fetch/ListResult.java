package io.weighbridge.hasher.fetch;

import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.util.List;

/** What an address stands for. */
public sealed interface ListResult {

    /**
     * Files.
     *
     * @param models those that may be models
     * @param others those that can be none by their names; a model may still be read with them
     */
    record Listed(List<ModelFile> models, List<ModelFile> others) implements ListResult {

        public Listed {
            models = List.copyOf(models);
            others = List.copyOf(others);
        }

        /** Tells models and others apart. */
        static Listed of(List<ModelFile> files) {
            return new Listed(
                    files.stream()
                            .filter(file -> ModelNames.mayBeModel(file.getPath()))
                            .toList(),
                    files.stream()
                            .filter(file -> !ModelNames.mayBeModel(file.getPath()))
                            .toList());
        }
    }

    /** Nobody knows: the outcome of the scan, and why. */
    record NotListed(Outcome outcome, String reason) implements ListResult {}
}

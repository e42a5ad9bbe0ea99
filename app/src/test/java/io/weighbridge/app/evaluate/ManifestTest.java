package io.weighbridge.app.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.evaluate.LibraryModel.Kind;
import io.weighbridge.app.evaluate.LibraryModel.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {

    @TempDir
    private Path folder;

    @Test
    void shouldReadWhatItWrote() throws IOException {
        var models = List.of(
                model("a.pt", "f", Kind.ORIGINAL, Part.TUNING),
                new LibraryModel(
                        "b/c.onnx",
                        "f",
                        "pruned-50",
                        Kind.COPY,
                        "vgg",
                        "shapes",
                        Part.TUNING,
                        OptionalDouble.of(.8125),
                        OptionalDouble.of(.9)));

        Manifest.write(folder.resolve("manifest.csv"), models);

        assertThat(Manifest.read(folder.resolve("manifest.csv"))).isEqualTo(models);
        assertThat(Library.open(folder).models()).isEqualTo(models);
    }

    @Test
    void shouldReportOnFilesWithoutAPart() throws IOException {
        write("file,family,change,kind,architecture", "a.pt,f,orig,original,vgg");

        var model = Library.open(folder).models().get(0);

        assertThat(model.part()).isEqualTo(Part.REPORT);
        assertThat(model.task()).isEmpty();
        assertThat(model.accuracy()).isEmpty();
    }

    @Test
    void shouldSayWhichLineIsWrong() throws IOException {
        write("file,family,change,kind,architecture", "a.pt,f,orig,original,vgg", "b.pt,f,x,clone,vgg");
        assertThatThrownBy(() -> Library.open(folder)).hasMessageContaining("manifest.csv, line 3");

        write("file,family", "a.pt,f");
        assertThatThrownBy(() -> Library.open(folder)).hasMessageContaining("line 1: expected the columns");
    }

    @Test
    void shouldRefuseALibraryThatWouldMeasureWrongly() throws IOException {
        var a = model("a.pt", "f", Kind.ORIGINAL, Part.TUNING);

        assertRefused("each file once", a, model("a.pt", "g", Kind.COPY, Part.TUNING));
        assertRefused("one original in family f", a, model("b.pt", "f", Kind.ORIGINAL, Part.TUNING));
        assertRefused("family f in one part", a, model("b.pt", "f", Kind.COPY, Part.REPORT));
        assertRefused("below the folder", a, model("../b.pt", "f", Kind.COPY, Part.TUNING));
    }

    private void assertRefused(String message, LibraryModel... models) throws IOException {
        Manifest.write(folder.resolve("manifest.csv"), List.of(models));
        assertThatThrownBy(() -> Library.open(folder)).hasMessageContaining(message);
    }

    private void write(String... lines) throws IOException {
        Files.write(folder.resolve("manifest.csv"), List.of(lines));
    }

    private static LibraryModel model(String file, String family, Kind kind, Part part) {
        return new LibraryModel(
                file, family, "x", kind, "vgg", "shapes", part, OptionalDouble.empty(), OptionalDouble.empty());
    }
}

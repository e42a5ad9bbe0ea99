package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.schemas.avro.ModelFile;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NeighbourTest {

    private static Optional<String> beside(String url, String name) {
        var file = ModelFile.newBuilder().setPath("x").setUrl(url).build();
        return Neighbour.of(file, "p", name).map(ModelFile::getUrl);
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:8/a/x.index.json?sig=1#f, s.bin, http://h:8/a/s.bin",
        "https://h/x.index.json, a b, https://h/a%20b",
        "https://h/a/x.index.json, a?b#c%2F, https://h/a/a%3Fb%23c%252F",
        "file:///m/x.index.json, s.bin, file:///m/s.bin",
        "hf://o/n@v1/f/x.index.json, s.bin, hf://o/n@v1/f/s.bin",
        "hf://o/n/x.index.json, s.bin, hf://o/n@main/s.bin",
        "s3://b/k/x.index.json, s.bin, s3://b/k/s.bin",
        "http://h/a/x.onnx, b/c d, http://h/a/b/c%20d",
        "hf://o/n@v1/f/saved_model.pb, variables/variables.index, hf://o/n@v1/f/variables/variables.index"
    })
    void shouldLieInTheSameFolderOfTheSameHostOrBelow(String url, String name, String expected) {
        assertThat(beside(url, name)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/../b", "a//b", "/a", "//other/a", "a\nb"})
    void shouldHavePlainNames(String name) {
        assertThat(beside("http://h/a/x.index.json", name)).isEmpty();
    }

    @Test
    void shouldBeNoneOfWhatHasNoFolder() {
        assertThat(beside("http://h", "a")).isEmpty();
        assertThat(beside("mailto:a", "a")).isEmpty();
        assertThat(beside("hf://o/n", "a")).isEmpty();
        assertThat(beside("no address", "a")).isEmpty();
    }
}

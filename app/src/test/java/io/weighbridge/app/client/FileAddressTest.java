package io.weighbridge.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAddressTest {

    @TempDir
    private Path folder;

    @Test
    void shouldStateSizeAndDigestOfALocalFile() throws IOException {
        Path file = Files.writeString(folder.resolve("a model.pt"), "abc");

        var address = FileAddress.of(file.toString());

        assertThat(address.getPath()).isEqualTo("a model.pt");
        assertThat(address.getUrl()).startsWith("file:///").endsWith("a%20model.pt");
        assertThat(address.getSizeBytes()).isEqualTo(3);
        assertThat(address.getSha256())
                .as("SHA-256 of abc, FIPS 180-2 appendix B.1")
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void shouldNameAUrlByItsLastPart() throws IOException {
        var address = FileAddress.of("https://hub.example/acme/resnet/model.safetensors?download=true");

        assertThat(address.getPath()).isEqualTo("model.safetensors");
        assertThat(address.getSha256()).isNull();
    }

    @Test
    void shouldNameAFolderAndStateNothingOfIt() throws IOException {
        var address = FileAddress.of(folder.toString());

        assertThat(address.getPath()).isEqualTo(folder.getFileName().toString());
        assertThat(address.getUrl()).isEqualTo(folder.toRealPath().toUri().toString());
        assertThat(address.getSizeBytes()).isNull();
        assertThat(address.getSha256()).isNull();
    }

    @Test
    void shouldNameARepositoryOfAHub() throws IOException {
        assertThat(FileAddress.of("hf://acme/resnet@v1").getPath()).isEqualTo("resnet");
        assertThat(FileAddress.of("hf://acme/resnet@v1/onnx/model.onnx").getPath())
                .isEqualTo("model.onnx");
    }

    @Test
    void shouldSayWhatIsWrongWithAnAddress() {
        assertThatThrownBy(() -> FileAddress.of(folder.resolve("none.pt").toString()))
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> FileAddress.local(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> FileAddress.of("ftp://host/a b")).hasMessageContaining("not a URL");
    }
}

package io.weighbridge.app.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.app.client.FileAddress;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class RepositoryOptionsTest {

    @Test
    void shouldTakeRepositoryAndRevisionFromTheAddressOfAHub() throws IOException {
        var event = event("hf://acme/resnet@refs%2Fpr%2F1/model.bin");

        assertThat(event.getRepo()).isEqualTo("acme/resnet");
        assertThat(event.getOwner()).isEqualTo("acme");
        assertThat(event.getRevision()).isEqualTo("refs/pr/1");
        assertThat(event("hf://acme/resnet").getRevision()).isEqualTo("main");
    }

    @Test
    void shouldPreferWhatIsSaid() throws IOException {
        var event = event("hf://acme/resnet@v1", "--repo", "m/net", "--revision", "v2");

        assertThat(event.getRepo()).isEqualTo("m/net");
        assertThat(event.getRevision()).isEqualTo("v2");
    }

    @Test
    void shouldCallOtherFilesLocal() throws IOException {
        assertThat(event("https://host/a.bin").getRepo()).isEqualTo("local/a.bin");
    }

    private static UploadEvent event(String address, String... arguments) throws IOException {
        return CommandLine.populateCommand(new RepositoryOptions(), arguments).event(FileAddress.of(address));
    }
}

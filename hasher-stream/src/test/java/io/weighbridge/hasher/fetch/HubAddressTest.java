package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HubAddressTest {

    @Test
    void shouldReadARepositoryAndWhatIsInIt() {
        assertThat(HubAddress.of("hf://o-1/n.2")).contains(new HubAddress("o-1", "n.2", "main", ""));
        assertThat(HubAddress.of("HF://o/n@v1.0/")).contains(new HubAddress("o", "n", "v1.0", ""));
        assertThat(HubAddress.of("hf://o/n@abc/unet/model%20a.bin"))
                .contains(new HubAddress("o", "n", "abc", "unet/model a.bin"));
        assertThat(HubAddress.of("hf://o/n/model.bin")).contains(new HubAddress("o", "n", "main", "model.bin"));
    }

    @Test
    void shouldReadRevisionsWithASlash() {
        assertThat(HubAddress.of("hf://o/n@refs/pr/7/a.bin")).contains(new HubAddress("o", "n", "refs/pr/7", "a.bin"));
        assertThat(HubAddress.of("hf://o/n@refs%2Fpr%2F7/a.bin"))
                .contains(new HubAddress("o", "n", "refs/pr/7", "a.bin"));
    }

    @Test
    void shouldRefuseWhatLeadsElsewhere() {
        for (String text : new String[] {
            "hf://o", "hf://o/", "hf://../n", "hf://o/n/../x", "hf://o/n/%2e%2e/x", "hf://o/n@../a", "hf://o/n/a?b",
            "hf://o/n/a#b", "hf://o/n//a", "hf://user@host/n", "hf://o/n/a%zz", "hf://o/n/a%0ab", "hf:o/n", "http://o/n"
        }) {
            assertThat(HubAddress.of(text)).as(text).isEmpty();
        }
    }

    @Test
    void shouldAskTheHubInItsWords() {
        var file = HubAddress.of("hf://o/n@refs%2Fpr%2F7/a b/c+d.bin").orElseThrow();

        assertThat(file.resolve("http://hub/x"))
                .isEqualTo(URI.create("http://hub/x/o/n/resolve/refs%2Fpr%2F7/a%20b/c%2Bd.bin"));
        assertThat(file.tree("http://hub"))
                .isEqualTo(URI.create("http://hub/api/models/o/n/tree/refs%2Fpr%2F7?recursive=true"));
        assertThat(HubAddress.of(file.toString())).isEqualTo(Optional.of(file));
    }
}

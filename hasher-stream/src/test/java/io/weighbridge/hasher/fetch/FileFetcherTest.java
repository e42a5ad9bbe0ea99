package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileFetcherTest {

    @TempDir
    private Path temporary;

    private Path folder;
    private Path models;
    private Path model;
    private Path secret;

    @BeforeEach
    void write() throws IOException {
        folder = temporary.toRealPath();
        models = Files.createDirectory(folder.resolve("models"));
        model = Files.writeString(models.resolve("a.bin"), "bytes");
        secret = Files.writeString(folder.resolve("secret"), "secret");
    }

    private FetchResult fetch(String roots, String url) throws Exception {
        var settings = FetchSettings.from(new Settings(Map.of(
                "weighbridge.fetch.file.roots",
                roots,
                "weighbridge.fetch.max.bytes",
                "100",
                "weighbridge.fetch.spool.dir",
                folder.resolve("spool").toString())));
        try (var fetcher = Fetcher.open(settings)) {
            return fetcher.fetch(
                    ModelFile.newBuilder().setPath("a.bin").setUrl(url).build());
        }
    }

    private void assertRefused(FetchResult result, Outcome outcome, String reason) {
        HttpStage.assertNotFetched(result, outcome, reason);
    }

    @Test
    void shouldGiveAFileOfAnAllowedFolderInPlaceAndLeaveItThere() throws Exception {
        var result = fetch("/nowhere, " + models, model.toUri().toString());

        assertThat(result).isEqualTo(new Fetched(model, 5, null));
        ((Fetched) result).close();
        assertThat(model).exists();
    }

    @Test
    void shouldAllowAllBelowTheRoot() throws Exception {
        assertThat(fetch("/", secret.toUri().toString())).isInstanceOf(Fetched.class);
    }

    @Test
    void shouldRefuseEveryFileByDefault() throws Exception {
        assertRefused(
                fetch("", model.toUri().toString()),
                Outcome.FORBIDDEN,
                "file: addresses are off; weighbridge.fetch.file.roots names the folders to allow");
    }

    @Test
    void shouldRefuseToClimbOut() throws Exception {
        assertRefused(
                fetch(models.toString(), "file://" + models + "/../secret"),
                Outcome.FORBIDDEN,
                secret + " is outside the folders that weighbridge.fetch.file.roots allows");
        assertRefused(
                fetch(models.toString(), "file://" + models + "/%2e%2e/secret"),
                Outcome.FORBIDDEN,
                secret + " is outside the folders that weighbridge.fetch.file.roots allows");
    }

    @Test
    void shouldNotTakeAFolderForItsNamesake() throws Exception {
        var namesake = Files.createDirectory(folder.resolve("models-private"));
        var other = Files.writeString(namesake.resolve("a.bin"), "bytes");

        assertThat(((NotFetched) fetch(models.toString(), other.toUri().toString())).outcome())
                .isEqualTo(Outcome.FORBIDDEN);
    }

    @Test
    void shouldRefuseALinkThatLeadsOut() throws Exception {
        var link = Files.createSymbolicLink(models.resolve("link.bin"), secret);
        var linkedFolder = Files.createSymbolicLink(models.resolve("up"), folder);

        for (var path : new Path[] {link, linkedFolder.resolve("secret")}) {
            assertRefused(
                    fetch(models.toString(), path.toUri().toString()),
                    Outcome.FORBIDDEN,
                    path + " is outside the folders that weighbridge.fetch.file.roots allows");
        }
    }

    @Test
    void shouldFollowALinkThatStaysInside() throws Exception {
        var link = Files.createSymbolicLink(models.resolve("link.bin"), model);

        assertThat(fetch(models.toString(), link.toUri().toString())).isEqualTo(new Fetched(model, 5, null));
    }

    @Test
    void shouldAllowAFolderThatIsNamedByALink() throws Exception {
        var root = Files.createSymbolicLink(folder.resolve("root"), models);

        assertThat(fetch(root.toString(), "file://" + root + "/a.bin")).isEqualTo(new Fetched(model, 5, null));
        assertThat(fetch(root.toString(), model.toUri().toString())).isEqualTo(new Fetched(model, 5, null));
    }

    @Test
    void shouldNotTellWhatExistsOutside() throws Exception {
        var missing = folder.resolve("missing");

        assertRefused(
                fetch(models.toString(), missing.toUri().toString()),
                Outcome.FORBIDDEN,
                missing + " is outside the folders that weighbridge.fetch.file.roots allows");
    }

    @Test
    void shouldSayWhatIsMissingOrNoFile() throws Exception {
        assertRefused(
                fetch(models.toString(), "file://" + models + "/none.bin"),
                Outcome.UNREACHABLE,
                "no such file: " + models + "/none.bin");
        assertRefused(
                fetch(models.toString(), "file://" + models), Outcome.UNREACHABLE, "not a regular file: " + models);
    }

    @Test
    void shouldRefuseAFileOverTheLimit() throws Exception {
        Files.write(model, new byte[101]);

        assertRefused(
                fetch(models.toString(), model.toUri().toString()),
                Outcome.TOO_LARGE,
                "weighbridge.fetch.max.bytes: expected at most 100 bytes, got 101 bytes");
    }

    @Test
    void shouldRefuseAddressesThatAreNoPath() throws Exception {
        for (String url : new String[] {"file:a.bin", "file://host" + model, "file://" + model}) {
            var refused = (NotFetched) fetch("/", url + "?x=1");
            assertThat(refused.outcome()).isEqualTo(Outcome.MALFORMED);
            assertThat(refused.reason()).startsWith("url: expected file:///PATH, got " + url + " (");
        }
    }
}

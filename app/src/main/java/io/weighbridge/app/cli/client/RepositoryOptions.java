package io.weighbridge.app.cli.client;

import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.app.client.RepositoryName;
import io.weighbridge.hasher.fetch.HubAddress;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.UploadEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import picocli.CommandLine.Option;

/** Which repository of which hub an upload belongs to. */
final class RepositoryOptions {

    /** Owner of repositories that nobody named. */
    static final String LOCAL = "local";

    private static final int SHORT_DIGEST = 12;

    @Option(
            names = "--repo",
            paramLabel = "OWNER/NAME",
            description =
                    "Repository that the files are pushed to. Default: that of an hf: address, else local/FILENAME.")
    private String repo;

    @Option(
            names = "--revision",
            paramLabel = "R",
            description = "Revision. Default: the start of the file's SHA-256, that of an hf: address, or main.")
    private String revision;

    @Option(
            names = "--uploader",
            paramLabel = "U",
            description = "Account that pushes. Default: the repository's owner.")
    private String uploader;

    @Option(
            names = "--hub",
            paramLabel = "HUB",
            defaultValue = LOCAL,
            description = "Hub that the repository is on. Default: ${DEFAULT-VALUE}.")
    private String hub;

    @Option(
            names = "--license",
            paramLabel = "L",
            description = "Licence that the repository states, such as apache-2.0. Default: not told.")
    private String license;

    /** The event that one file's upload gives, stamped with the present time. */
    UploadEvent event(ModelFile file) {
        if (repo != null && !RepositoryName.isOne(repo)) {
            throw new UsageException("--repo: expected OWNER/NAME, got " + repo);
        }
        return UploadEvent.newBuilder(event(hub, repo == null ? repositoryOf(file) : repo, revision, uploader, file))
                .setLicense(license)
                .build();
    }

    /** The event for a file of a given repository; revision and uploader may be null. */
    static UploadEvent event(String hub, String repo, String revision, String uploader, ModelFile file) {
        String owner = repo.substring(0, repo.indexOf('/'));
        return UploadEvent.newBuilder()
                .setId(Publisher.newId())
                .setHub(hub)
                .setRepo(repo)
                .setRevision(revision == null ? revisionOf(file) : revision)
                .setOwner(owner)
                .setUploader(uploader == null ? owner : uploader)
                .setFiles(List.of(file))
                .setUploadedAt(Instant.now().truncatedTo(ChronoUnit.MILLIS))
                .build();
    }

    /** The repository that an address names, or that a file is of itself. */
    static String repositoryOf(ModelFile file) {
        return HubAddress.of(file.getUrl())
                .map(address -> address.owner() + "/" + address.name())
                .orElse(LOCAL + "/" + file.getPath());
    }

    private static String revisionOf(ModelFile file) {
        var address = HubAddress.of(file.getUrl());
        if (address.isPresent()) {
            return address.get().revision();
        }
        return file.getSha256() == null ? "main" : file.getSha256().substring(0, SHORT_DIGEST);
    }
}

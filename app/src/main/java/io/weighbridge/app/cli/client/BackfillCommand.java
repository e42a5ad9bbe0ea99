package io.weighbridge.app.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.bucket4j.BlockingBucket;
import io.github.bucket4j.Bucket;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.ExitCode;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.BackfillJournal;
import io.weighbridge.app.client.BackfillList;
import io.weighbridge.app.client.BackfillList.Item;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.FileAddress;
import io.weighbridge.app.client.Publisher;
import io.weighbridge.hasher.fetch.FetchSettings;
import io.weighbridge.hasher.fetch.HubModels;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.avro.UploadEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code backfill}: scans what was uploaded long ago, at a rate. */
@Command(
        name = "backfill",
        mixinStandardHelpOptions = true,
        header = "Publish a list of models, or all models of a hub, to the backfill lane at a rate.",
        description = {
            "",
            "What comes by the backfill lane is scanned by a share of the hasher's threads and never holds up live uploads. "
                    + "A list has a line for each repository, ADDRESS [OWNER/NAME [REVISION]]; - reads it from standard input. "
                    + "--hub-models lists the hub that weighbridge.fetch.hf.endpoint names, the newest first. With --journal, a "
                    + "backfill that was broken off goes on where it stopped. What cannot be read is told of and holds up nothing.",
            "",
            "Example: weighbridge backfill --list models.txt --rate 5 --journal done.txt",
            "         weighbridge backfill --hub-models --author acme --rate 0.5",
            ""
        })
public final class BackfillCommand implements Callable<Integer> {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @ArgGroup(multiplicity = "1")
    private From from;

    /** Exactly one of them. */
    private static final class From {
        @Option(names = "--list", paramLabel = "FILE", description = "File with a line for each repository.")
        private Path list;

        @Option(names = "--hub-models", description = "All models of the hub.")
        private boolean isHub;
    }

    @Option(names = "--author", paramLabel = "OWNER", description = "Only models of this account of the hub.")
    private String author;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "9223372036854775807",
            hideParamSyntax = true,
            description = "Most models to publish. Default: all.")
    private long most;

    @Option(
            names = "--rate",
            paramLabel = "R",
            defaultValue = "1",
            description = "Events published in a second, in the long run. Default: ${DEFAULT-VALUE}.")
    private double rate;

    @Option(
            names = "--hub",
            paramLabel = "HUB",
            defaultValue = RepositoryOptions.LOCAL,
            description = "Hub that the events name. Default: ${DEFAULT-VALUE}.")
    private String hub;

    @Option(names = "--journal", paramLabel = "FILE", description = "Remembers what was published.")
    private Path journalFile;

    @Option(names = "--dry-run", description = "Only show what would be published.")
    private boolean isDryRun;

    private int published;
    private int skipped;
    private int failed;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (!(rate > 0 && rate <= 10_000)) {
            throw new UsageException("--rate: expected a number above 0, at most 10000, got " + rate);
        }
        if (author != null && !from.isHub) {
            throw new UsageException("--author: expected with --hub-models alone");
        }
        Settings settings = cluster.settings();
        var connected = Cluster.connect(settings);
        try (var publisher = connected.publisher();
                var journal = journalFile == null ? BackfillJournal.none() : BackfillJournal.open(journalFile)) {
            var pace = pace(rate);
            for (Item item : items(settings)) {
                publish(item, publisher, journal, pace);
            }
        }
        output.print(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("published", published)
                        .put("skipped", skipped)
                        .put("failed", failed),
                () -> (isDryRun ? "would publish " : "published ") + published + ", skipped " + skipped
                        + " that were published before, " + failed + " could not be read");
        return failed == 0 ? ExitCode.NO_MATCH : ExitCode.ERROR;
    }

    private List<Item> items(Settings settings) throws IOException, InterruptedException {
        return from.isHub ? ofHub(settings) : ofList();
    }

    private List<Item> ofList() throws IOException {
        boolean isStandardInput = from.list.toString().equals("-");
        try (var reader = isStandardInput
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(from.list, StandardCharsets.UTF_8)) {
            var items = BackfillList.read(from.list.toString(), reader);
            return items.size() > most ? items.subList(0, (int) most) : items;
        } catch (IOException e) {
            throw new CommandException("--list: " + e.getMessage(), e);
        }
    }

    private List<Item> ofHub(Settings settings) throws IOException, InterruptedException {
        var fetch = FetchSettings.from(settings);
        settings.check();
        var items = new ArrayList<Item>();
        try (var models = HubModels.open(fetch)) {
            models.list(
                    Optional.ofNullable(author),
                    most,
                    repository -> items.add(new Item(
                            repository.toString(),
                            repository.owner() + "/" + repository.name(),
                            repository.revision())));
        }
        return items;
    }

    private void publish(Item item, Publisher publisher, BackfillJournal journal, BlockingBucket pace)
            throws IOException, InterruptedException {
        String line = line(item);
        if (journal.isDone(line)) {
            skipped++;
            return;
        }
        UploadEvent event;
        try {
            event = event(item);
        } catch (IOException e) {
            failed++;
            output.note("weighbridge backfill: " + e.getMessage());
            return;
        }
        if (!isDryRun) {
            pace.consume(1);
            publisher.backfill(event);
            journal.add(line);
        }
        published++;
        var json = JsonNodeFactory.instance.objectNode();
        json.put("uploadId", event.getId())
                .put("repo", event.getRepo())
                .put("revision", event.getRevision())
                .put("address", item.address());
        output.print(json, () -> event.getRepo() + "@" + event.getRevision() + " as upload " + event.getId());
    }

    private UploadEvent event(Item item) throws IOException {
        var file = FileAddress.of(item.address());
        String repo = item.repo() == null ? RepositoryOptions.repositoryOf(file) : item.repo();
        return RepositoryOptions.event(hub, repo, item.revision(), null, file);
    }

    private static String line(Item item) {
        return String.join(
                        " ",
                        item.address(),
                        item.repo() == null ? "" : item.repo(),
                        item.revision() == null ? "" : item.revision())
                .strip();
    }

    /** One at once, then one whenever its time has come. */
    private static BlockingBucket pace(double perSecond) {
        var each = Duration.ofNanos(Math.max(1, (long) (1e9 / perSecond)));
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(1).refillGreedy(1, each))
                .build()
                .asBlocking();
    }
}

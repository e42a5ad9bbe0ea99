package io.weighbridge.app.cli.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.replay.Archive;
import io.weighbridge.app.replay.TopicSource;
import io.weighbridge.app.text.Words;
import io.weighbridge.schemas.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code topics export}: keeps what topics hold in files. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        header = "Export topics to Avro container files, which `replay --archive` reads.",
        description = {
            "",
            "Compacted topics are exported from their beginning, for they are needed whole; others in the range.",
            "",
            "Example: weighbridge topics export --from 2026-11-01T00:00:00Z --to 2026-12-01T00:00:00Z --out november",
            ""
        })
public final class TopicsExportCommand implements Runnable {

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Option(names = "--from", paramLabel = "TIME", description = "First time. Default: the beginning.")
    private Instant from = Instant.EPOCH;

    @Option(names = "--to", paramLabel = "TIME", description = "Time behind the last. Default: now.")
    private Instant to = Instant.now();

    @Option(names = "--topics", split = ",", paramLabel = "TOPIC", description = "Only these. Default: all.")
    private List<String> names;

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "Folder for the files.")
    private Path out;

    @Override
    public void run() {
        var connected = Cluster.connect(cluster.settings());
        if (names != null && !Archive.topics().containsAll(names)) {
            throw new UsageException("--topics: expected some of " + Archive.topics() + ", got " + names);
        }
        var archive = new Archive(out);
        var source = new TopicSource(connected);
        for (var topic : connected.topics().all()) {
            if (names == null ? Archive.topics().contains(topic.name()) : names.contains(topic.name())) {
                export(archive, source, topic);
            }
        }
    }

    private <V extends SpecificRecord> void export(Archive archive, TopicSource source, Topic<String, V> topic) {
        try {
            long records = archive.export(source, topic, topic.compacted() ? Instant.EPOCH : from, to);
            output.print(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("topic", topic.name())
                            .put("records", records),
                    () -> topic.name() + ": " + Words.count(records, "record"));
        } catch (IOException e) {
            throw new UncheckedIOException(topic.name() + ": " + e.getMessage(), e);
        }
    }
}

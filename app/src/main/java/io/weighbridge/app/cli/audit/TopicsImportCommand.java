package io.weighbridge.app.cli.audit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.weighbridge.app.cli.ClusterOptions;
import io.weighbridge.app.cli.CommandException;
import io.weighbridge.app.cli.OutputOptions;
import io.weighbridge.app.cli.UsageException;
import io.weighbridge.app.client.BulkProducer;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.replay.Archive;
import io.weighbridge.app.text.Words;
import io.weighbridge.schemas.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code topics import}: writes what files hold into topics. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        header = "Import the files that `topics export` made into the topics of a cluster.",
        description = {
            "",
            "Keys, values, headers and times are those of then, and records of one key stay in order; offsets are new. "
                    + "A topic that holds records is refused before anything is written, unless --append is given. Running roles "
                    + "process what is imported as if it had just happened: to look into the past, use `replay --archive`. "
                    + "Kafka soon removes records that are older than their topic keeps them (weighbridge.topics.retention).",
            "",
            "Example: weighbridge topics import november --topics protected-models.v1",
            ""
        })
public final class TopicsImportCommand implements Runnable {

    private static final Instant NO_END = Instant.ofEpochMilli(Long.MAX_VALUE);

    @Mixin
    private OutputOptions output;

    @Mixin
    private ClusterOptions cluster;

    @Parameters(paramLabel = "DIR", description = "Folder with the files.")
    private Path folder;

    @Option(
            names = "--topics",
            split = ",",
            paramLabel = "TOPIC",
            description = "Only these. Default: all in the folder.")
    private List<String> names;

    @Option(names = "--append", description = "Write to topics that hold records, too.")
    private boolean isAppending;

    @Override
    public void run() {
        if (!Files.isDirectory(folder)) {
            throw new UsageException("DIR: expected a folder that `weighbridge topics export` made, got " + folder);
        }
        var archive = new Archive(folder);
        var connected = Cluster.connect(cluster.settings());
        var topics = chosen(connected, archive);
        if (!isAppending) {
            topics.forEach(topic -> requireEmpty(connected, topic));
        }
        try (var producer = new BulkProducer(connected)) {
            for (var topic : topics) {
                load(archive, topic, producer);
            }
        }
    }

    private List<Topic<String, ? extends SpecificRecord>> chosen(Cluster connected, Archive archive) {
        var topics = connected.topics().all().stream()
                .filter(topic -> names == null ? archive.holds(topic) : names.contains(topic.name()))
                .toList();
        if (names != null && topics.size() < names.size()) {
            throw new UsageException("--topics: expected some of " + Archive.topics() + ", got " + names);
        }
        if (topics.isEmpty()) {
            throw new UsageException("DIR: expected files such as model-uploads.v1.avro, got none in " + folder);
        }
        return topics;
    }

    private static void requireEmpty(Cluster connected, Topic<String, ?> topic) {
        if (!connected.reader().ranges(topic.name(), Instant.EPOCH, NO_END).isEmpty()) {
            throw new CommandException(topic.name() + ": expected an empty topic, got records; --append adds to them");
        }
    }

    private <V extends SpecificRecord> void load(Archive archive, Topic<String, V> topic, BulkProducer producer) {
        long[] records = new long[1];
        try {
            archive.read(topic, Instant.EPOCH, NO_END, entry -> {
                producer.send(topic, entry.key(), entry.value(), entry.timestamp(), entry.headers());
                records[0]++;
            });
        } catch (IOException e) {
            throw new CommandException(topic.name() + ": " + e.getMessage(), e);
        }
        producer.flush();
        output.print(
                JsonNodeFactory.instance.objectNode().put("topic", topic.name()).put("records", records[0]),
                () -> topic.name() + ": " + Words.count(records[0], "record"));
    }
}

package io.weighbridge.app.replay;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.OffsetRange;
import io.weighbridge.app.feed.TopicReader;
import io.weighbridge.schemas.Topic;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** The topics of a cluster. Topics have the same names everywhere; a topic of the cluster is decoded with the cluster's own registry. */
public final class TopicSource implements RecordSource {

    private final Cluster cluster;
    private final TopicReader reader;

    public TopicSource(Cluster cluster) {
        this.cluster = cluster;
        reader = cluster.reader();
    }

    @Override
    public List<OffsetRange> ranges(Topic<String, ? extends SpecificRecord> topic, Instant from, Instant to) {
        return reader.ranges(topic.name(), from, to);
    }

    @Override
    public <V extends SpecificRecord> List<OffsetRange> read(
            Topic<String, V> topic, Instant from, Instant to, Consumer<Entry<V>> visit) {
        return reader.readRange(own(topic), from, to, visit);
    }

    /** The same topic with the serdes of this cluster. */
    private <V extends SpecificRecord> Topic<String, V> own(Topic<String, V> topic) {
        return new Topic<>(topic.name(), topic.key(), cluster.topics().avroSerde(), topic.keeping());
    }
}

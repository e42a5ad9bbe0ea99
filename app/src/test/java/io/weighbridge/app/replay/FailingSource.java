package io.weighbridge.app.replay;

import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.OffsetRange;
import io.weighbridge.schemas.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** Gives what another source does, up to a topic that cannot be read. */
record FailingSource(RecordSource source, String unreadable) implements RecordSource {

    @Override
    public List<OffsetRange> ranges(Topic<String, ? extends SpecificRecord> topic, Instant from, Instant to)
            throws IOException {
        return source.ranges(topic, from, to);
    }

    @Override
    public <V extends SpecificRecord> List<OffsetRange> read(
            Topic<String, V> topic, Instant from, Instant to, Consumer<Entry<V>> visit) throws IOException {
        if (topic.name().equals(unreadable)) {
            throw new IOException("the connection was cut");
        }
        return source.read(topic, from, to, visit);
    }
}

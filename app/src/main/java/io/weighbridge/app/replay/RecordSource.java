package io.weighbridge.app.replay;

import io.weighbridge.app.feed.Entry;
import io.weighbridge.app.feed.OffsetRange;
import io.weighbridge.schemas.Topic;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;

/** Where past records are: the topics of a cluster, or files that were exported from them. */
public interface RecordSource {

    /**
     * What of each partition lies between two times. An offset need not hold a record: compaction and transactions leave gaps.
     *
     * @throws IOException if the files cannot be read
     */
    List<OffsetRange> ranges(Topic<String, ? extends SpecificRecord> topic, Instant from, Instant to)
            throws IOException;

    /**
     * Calls the visitor for each record of a topic whose place in its partition lies between two times; of one partition in order.
     *
     * @return what was read of each partition, as {@link #ranges} tells
     * @throws IOException if the files cannot be read
     */
    <V extends SpecificRecord> List<OffsetRange> read(
            Topic<String, V> topic, Instant from, Instant to, Consumer<Entry<V>> visit) throws IOException;
}

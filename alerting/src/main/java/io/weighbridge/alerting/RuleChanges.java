package io.weighbridge.alerting;

import io.weighbridge.schemas.FollowedTopic;
import io.weighbridge.schemas.Topic;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.StreamsBuilder;

/** Keeps the rules of people in global stores and counts their changes, so that cases are looked through again. */
final class RuleChanges {

    private final AtomicLong count = new AtomicLong();

    /** Grows with every change of a rule that this instance comes to know. */
    long count() {
        return count.get();
    }

    /** Keeps the last record of each key of a topic in a global store. */
    <V extends SpecificRecord> void follow(StreamsBuilder builder, Topic<String, V> topic, String store) {
        FollowedTopic.keep(builder, topic, store, count::incrementAndGet);
    }
}

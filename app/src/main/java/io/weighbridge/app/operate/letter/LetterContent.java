package io.weighbridge.app.operate.letter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.feed.DeadLetterRow;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.avro.DeadLetter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;

/**
 * What a dead letter holds.
 *
 * @param place of the dead letter itself
 * @param headers of the record, each as {@code name=value}
 * @param decoded the value as JSON, if it can be read now
 * @param undecodable why it cannot; empty if it can
 */
public record LetterContent(
        String place, List<String> headers, Part key, Part value, Optional<String> decoded, String undecodable) {

    public LetterContent {
        headers = List.copyOf(headers);
    }

    /**
     * Reads a dead letter; empty if it is not kept any more.
     *
     * @throws io.weighbridge.app.feed.FeedException if the brokers do not answer
     */
    public static Optional<LetterContent> read(Cluster cluster, DeadLetterRow row) {
        var reader = cluster.reader();
        var topic = cluster.topics().deadLetters();
        return reader.readAt(topic.name(), row.letterPartition(), row.letterOffset())
                .flatMap(raw -> reader.decode(topic, raw).map(entry -> of(cluster, row, raw.headers(), entry.value())));
    }

    /** Adds it to what a list tells. */
    public void putInto(ObjectNode json) {
        json.put("liesAt", place);
        headers.forEach(json.withArray("headers")::add);
        json.set("keyHead", key.json());
        json.set("valueHead", value.json());
        json.put("decoded", decoded.orElse(null));
    }

    private static LetterContent of(Cluster cluster, DeadLetterRow row, Headers headers, DeadLetter letter) {
        String place = cluster.topics().deadLetters().name() + " partition " + row.letterPartition() + " offset "
                + row.letterOffset();
        var texts = new ArrayList<String>();
        headers.forEach(header -> texts.add(header.key() + "=" + text(header.value())));
        Optional<String> decoded = Optional.empty();
        String problem = "";
        try {
            decoded = Optional.ofNullable(decode(cluster, letter));
            problem = decoded.isPresent() ? "" : "it has no value";
        } catch (KafkaException e) {
            problem = e.getMessage();
        }
        return new LetterContent(place, texts, Part.of(letter.getKey()), Part.of(letter.getValue()), decoded, problem);
    }

    private static String decode(Cluster cluster, DeadLetter letter) {
        Topic<?, ?> topic = cluster.topics().all().stream()
                .filter(known -> known.name().equals(letter.getTopic()))
                .findFirst()
                .orElseThrow(() -> new KafkaException("topic " + letter.getTopic() + " is not one of the product's"));
        if (letter.getValue() == null) {
            return null;
        }
        return String.valueOf(
                topic.value().deserializer().deserialize(topic.name(), Redriver.bytes(letter.getValue())));
    }

    private static String text(byte[] value) {
        return value == null
                ? "null"
                : DeadLetterRow.text(ByteBuffer.wrap(value))
                        .orElseGet(() -> Part.of(ByteBuffer.wrap(value)).head());
    }
}

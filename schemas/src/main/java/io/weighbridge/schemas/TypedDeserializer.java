package io.weighbridge.schemas;

import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Refuses records of another type than the topic's. The bytes say what they are, by the id of their schema, and whoever may write to a topic may
 * name any schema that the registry knows, such as that of another topic.
 */
record TypedDeserializer<T>(Class<T> type, Deserializer<T> deserializer) implements Deserializer<T> {

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        deserializer.configure(configs, isKey);
    }

    @Override
    public T deserialize(String topic, byte[] bytes) {
        return checked(topic, deserializer.deserialize(topic, bytes));
    }

    @Override
    public T deserialize(String topic, Headers headers, byte[] bytes) {
        return checked(topic, deserializer.deserialize(topic, headers, bytes));
    }

    private T checked(String topic, Object value) {
        if (value != null && !type.isInstance(value)) {
            throw new SerializationException("value of " + topic + ": expected a record " + type.getSimpleName()
                    + ", got " + value.getClass().getSimpleName());
        }
        return type.cast(value);
    }

    @Override
    public void close() {
        deserializer.close();
    }
}

package io.weighbridge.schemas.serde;

import org.apache.kafka.common.KafkaException;

/**
 * The schema registry gave no usable answer. Says nothing about the record at hand: whoever reads must try it again later, and must not put
 * it aside as undecodable.
 */
public final class RegistryUnavailableException extends KafkaException {

    public RegistryUnavailableException(String message) {
        super(message);
    }

    public RegistryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

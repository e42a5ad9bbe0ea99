package io.weighbridge.hasher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class PendingKeyTest {

    private final Serde<PendingKey> serde = PendingKey.serde();

    private byte[] bytes(String model, long sequence) {
        return serde.serializer().serialize("t", new PendingKey(model, sequence));
    }

    @Test
    void shouldComeBackAsItWas() {
        for (var key : List.of(
                new PendingKey("", 0), new PendingKey("a\0b", 7), new PendingKey("hub/Résnet 🐘", Long.MAX_VALUE))) {
            assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", key)))
                    .isEqualTo(key);
        }
    }

    @Test
    void shouldKeepTheRequestsOfAModelTogetherInTheirOrder() {
        var inOrder = Stream.of(
                        bytes("a", 1),
                        bytes("a", 255),
                        bytes("a", 256),
                        bytes("a", 1L << 40),
                        bytes("b", 0),
                        bytes("a\0", 0),
                        bytes("aa", 0))
                .toList();

        assertThat(inOrder.stream().sorted(Arrays::compareUnsigned)).containsExactlyElementsOf(inOrder);
    }

    @Test
    void shouldRefuseBytesThatAreNoKey() {
        for (byte[] wrong : List.of(
                new byte[0], new byte[3], new byte[11], new byte[13], new byte[] {-1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0
                })) {
            assertThatThrownBy(() -> serde.deserializer().deserialize("t", wrong))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageStartingWith("length of the model's key at byte 0: got ");
        }
        assertThatThrownBy(() -> new PendingKey("a", -1)).hasMessage("sequence of a: expected 0 or more, got -1");
    }
}

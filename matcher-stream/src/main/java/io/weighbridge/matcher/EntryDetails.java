package io.weighbridge.matcher;

import io.weighbridge.matcher.store.CodeSide;
import io.weighbridge.matcher.store.Identity;
import io.weighbridge.schemas.avro.IndexMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * All that alerts say of the models whose codes are kept: once for each partition, not for each place.
 *
 * <p>Keys: {@code 'D' | side | algorithm, ASCII | 0 | identity, 16 bytes}. The algorithm is left out for uploads, which never change. Values: the
 * message that brought the details.
 */
final class EntryDetails {

    private static final byte KIND = 'D';

    private EntryDetails() {}

    static Bytes key(CodeSide side, String algorithm, Identity identity) {
        byte[] scope = side == CodeSide.UPLOAD ? new byte[0] : algorithm.getBytes(StandardCharsets.US_ASCII);
        return Bytes.wrap(ByteBuffer.allocate(3 + scope.length + 2 * Long.BYTES)
                .put(KIND)
                .put((byte) side.name().charAt(0))
                .put(scope)
                .put((byte) 0)
                .putLong(identity.high())
                .putLong(identity.low())
                .array());
    }

    static Bytes key(IndexEntry entry) {
        return key(entry.side(), entry.message().getAlgorithm(), entry.identity());
    }

    /**
     * The message with the details of a code that is in the index.
     *
     * @throws IllegalStateException if there is none, which must not be
     */
    static IndexMessage get(
            ReadOnlyKeyValueStore<Bytes, IndexMessage> details, CodeSide side, String algorithm, Identity identity) {
        var message = details.get(key(side, algorithm, identity));
        if (message == null) {
            throw new IllegalStateException("the index holds a code of " + side + " " + identity + " by " + algorithm
                    + " without its details; reset the matcher so that it reads its topics again");
        }
        return message;
    }
}

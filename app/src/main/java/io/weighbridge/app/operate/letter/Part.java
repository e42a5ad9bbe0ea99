package io.weighbridge.app.operate.letter;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.weighbridge.app.feed.DeadLetterRow;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * The beginning of a key or a value, for people.
 *
 * @param bytes that are kept of it; -1 if it is null
 * @param head its first {@value #SHOWN} bytes, as text if all of it is text, else in hexadecimal
 * @param isText whether the head is text
 */
public record Part(int bytes, String head, boolean isText) {

    /** How many bytes a head has. */
    static final int SHOWN = 64;

    static Part of(ByteBuffer bytes) {
        if (bytes == null) {
            return new Part(-1, "", false);
        }
        var head = bytes.duplicate();
        head.limit(head.position() + Math.min(SHOWN, head.remaining()));
        var text = DeadLetterRow.text(head);
        return new Part(bytes.remaining(), text.orElseGet(() -> hex(head)), text.isPresent());
    }

    /** Whether the record has none. */
    public boolean isAbsent() {
        return bytes < 0;
    }

    /** Whether the head is all of it. */
    public boolean isWhole() {
        return bytes <= SHOWN;
    }

    ObjectNode json() {
        return JsonNodeFactory.instance.objectNode().put("bytes", bytes).put(isText ? "text" : "hex", head);
    }

    private static String hex(ByteBuffer head) {
        byte[] bytes = new byte[head.remaining()];
        head.duplicate().get(bytes);
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}

package io.weighbridge.app.operate.doctor;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What one check came to.
 *
 * @param check what was looked at, in a word
 * @param detail what was found
 * @param advice what to do; empty if all is well
 */
public record Finding(Level level, String check, String detail, String advice) {

    /** How bad it is. */
    public enum Level {
        OK,
        /** It works, but may not for long, or could not be looked at. */
        WARN,
        /** It does not work. */
        FAIL
    }

    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("level", level.name())
                .put("check", check)
                .put("detail", detail)
                .put("advice", advice.isEmpty() ? null : advice);
    }
}

package io.weighbridge.schemas;

import org.slf4j.Marker;
import org.slf4j.MarkerFactory;

/**
 * What a line of the log tells of, by an id that stays when its words change. Each line at INFO or above has one; docs/operations/logs.md
 * lists all.
 */
public final class LogEvent {

    private LogEvent() {}

    /** The marker of an event, such as {@code scan.failed}. */
    public static Marker event(String id) {
        return MarkerFactory.getMarker(id);
    }
}

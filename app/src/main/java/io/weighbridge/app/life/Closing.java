package io.weighbridge.app.life;

import static io.weighbridge.schemas.LogEvent.event;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes parts on the way down, where one that fails must not keep the others from closing. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

    private Closing() {}

    static void quietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.warn(event("close.failed"), "closing {}", part.getClass().getSimpleName(), e);
        }
    }
}

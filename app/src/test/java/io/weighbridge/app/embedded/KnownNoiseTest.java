package io.weighbridge.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.junit.jupiter.api.Test;

class KnownNoiseTest {

    @Test
    void shouldDropWhatAHealthyBrokerSaysAndNothingElse() {
        assertThat(reply("[QuorumController id=1] Performing controller activation."))
                .isEqualTo(FilterReply.DENY);
        assertThat(reply("Connection to node -1 could not be established. Node may not be available."))
                .isEqualTo(FilterReply.NEUTRAL);
    }

    private static FilterReply reply(String message) {
        var event = new LoggingEvent();
        event.setMessage(message);
        return new KnownNoise().decide(event);
    }
}

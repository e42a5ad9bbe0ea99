package io.weighbridge.alerting.sink;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.weighbridge.alerting.TestAlerts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogSinkTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(LogSink.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final AlertSink sink = new LogSink();

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void shouldWriteOneLineWithEverythingThatMatters() throws InterruptedException {
        Delivery delivery = sink.deliver(TestAlerts.at(TestAlerts.first(), 12, 2.4e-15));

        assertThat(delivery).isEqualTo(new Delivery.Delivered());
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("alert a3f1c0ffee occurrence 46c25d54eb5c0cb63d601c1c03073ab6:"
                        + " upload 5f3c1a52-upload-1 local/mallory/resnet-mini@main file model.safetensors"
                        + " matches protected model alice-resnet-mini (Résnet mini 🐘, owner alice) by pri@1:"
                        + " distance 12 of 256 bits, threshold 40, by chance 1 in 4.2e14,"
                        + " 1 of 2 layers match (75 % of the weights), of the protected model 1 of 3 (50 %),"
                        + " 96 bits nearer than to the public public-resnet-mini");
    }

    @Test
    void shouldNotLetAnUploadForgeALine() throws InterruptedException {
        sink.deliver(TestAlerts.file(TestAlerts.first(), "a\nERROR b\r\u001b[31m\u2028\u0085\u202e{}"));

        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("file a?ERROR b??[31m???{} matches");
    }
}

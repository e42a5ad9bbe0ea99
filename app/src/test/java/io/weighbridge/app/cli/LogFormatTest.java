package io.weighbridge.app.cli;

import static io.weighbridge.schemas.LogEvent.event;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

/** The product's logback.xml, not that of the tests. */
class LogFormatTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    @AfterEach
    void stop() {
        context.stop();
    }

    @Test
    void shouldWriteAnObjectALine() throws Exception {
        Logger log = configured("json");
        context.putProperty("role", "hasher");
        log.atWarn()
                .addMarker(event("scan.failed"))
                .addKeyValue("files", 3)
                .setCause(new IllegalStateException("boom"))
                .log("scan of \"{}\"\nfailed", "x");

        String line = written();
        JsonNode json = new ObjectMapper().readTree(line);

        assertThat(line).endsWith("}\n").hasLineCount(1);
        assertThat(Instant.parse(json.path("time").asText()))
                .isEqualTo(events.list.get(0).getInstant());
        assertThat(json.path("level").asText()).isEqualTo("WARN");
        assertThat(json.path("event").asText()).isEqualTo("scan.failed");
        assertThat(json.path("role").asText()).isEqualTo("hasher");
        assertThat(json.path("logger").asText()).isEqualTo("io.weighbridge.Test");
        assertThat(json.path("thread").asText())
                .isEqualTo(Thread.currentThread().getName());
        assertThat(json.path("message").asText()).isEqualTo("scan of \"x\"\nfailed");
        assertThat(json.path("files").asInt()).isEqualTo(3);
        assertThat(json.path("stackTrace").asText()).startsWith("java.lang.IllegalStateException: boom\n\tat ");
    }

    @Test
    void shouldLeaveOutOfAnObjectWhatThereIsNot() throws Exception {
        configured("json").info("plain");

        assertThat(new ObjectMapper().readTree(written()).fieldNames())
                .toIterable()
                .containsExactly("time", "level", "logger", "thread", "message");
    }

    @Test
    void shouldTellTheEventInTextToo() throws Exception {
        Logger log = configured("text");
        log.info(event("role.running"), "hasher: running");
        assertThat(written()).endsWith("Z INFO  io.weighbridge.Test: hasher: running [role.running]\n");

        events.list.clear();
        log.info("no event");
        assertThat(written()).endsWith("Z INFO  io.weighbridge.Test: no event\n");
    }

    @Test
    void shouldRefuseAnotherForm() {
        assertThat(ProcessLog.problemOf("xml")).contains("WEIGHBRIDGE_LOG_FORMAT: expected text or json, got xml");
        assertThat(ProcessLog.problemOf("json")).isEmpty();
        assertThat(ProcessLog.problemOf(null)).isEmpty();
    }

    private Logger configured(String format) throws Exception {
        context.putProperty(ProcessLog.FORMAT, format);
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(getClass().getResource("/logback.xml"));
        events.start();
        var log = context.getLogger("io.weighbridge.Test");
        log.setAdditive(false);
        log.addAppender(events);
        return log;
    }

    private String written() {
        var appender = (ConsoleAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("stderr");
        return new String(appender.getEncoder().encode(events.list.get(0)), StandardCharsets.UTF_8);
    }
}

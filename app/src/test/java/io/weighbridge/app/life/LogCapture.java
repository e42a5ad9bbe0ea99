package io.weighbridge.app.life;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.LoggerFactory;

/** All that this JVM logs, with stack traces and key-values, and prints to its standard streams, until it is closed. */
final class LogCapture implements AutoCloseable {

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    private final Map<String, Level> levelsBefore = new TreeMap<>();
    private final PrintStream outBefore = System.out;
    private final PrintStream errBefore = System.err;

    LogCapture(Map<String, Level> levels) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%level %logger %marker %mdc %kvp %msg%n%xEx{full}");
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.setOutputStream(bytes);
        appender.start();
        levels.forEach((name, level) -> {
            var logger = context.getLogger(name);
            levelsBefore.put(name, logger.getLevel());
            logger.setLevel(level);
        });
        // What is at home on the console of the tests would drown it.
        root().iteratorForAppenders().forEachRemaining(other -> other.stop());
        root().addAppender(appender);
        var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        System.setOut(stream);
        System.setErr(stream);
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        System.setOut(outBefore);
        System.setErr(errBefore);
        root().detachAppender(appender);
        root().iteratorForAppenders().forEachRemaining(other -> other.start());
        levelsBefore.forEach((name, level) -> context.getLogger(name).setLevel(level));
    }

    private Logger root() {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }
}

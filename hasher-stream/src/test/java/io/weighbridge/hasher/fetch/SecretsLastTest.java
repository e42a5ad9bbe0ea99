package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.read.ListAppender;
import io.weighbridge.hasher.fetch.FetchResult.Fetched;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the log holds at its most talkative. */
class SecretsLastTest {

    private static final String TOKEN = "hf_abcdefghijklmnop";
    private static final String SIGNATURE = "a1b2c3d4e5f6";

    @TempDir
    private Path folder;

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final List<Appender<ILoggingEvent>> others = new ArrayList<>();
    private Level before;
    private HttpStage stage;

    @BeforeEach
    void open() throws Exception {
        before = root.getLevel();
        root.setLevel(Level.TRACE);
        log.list = new CopyOnWriteArrayList<>();
        log.start();
        root.iteratorForAppenders().forEachRemaining(others::add);
        others.forEach(root::detachAppender);
        root.addAppender(log);
        stage = new HttpStage(folder);
    }

    @AfterEach
    void close() {
        stage.close();
        root.detachAppender(log);
        others.forEach(root::addAppender);
        root.setLevel(before);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void shouldSendTokenAndSignatureAndLogNeither() throws Exception {
        var sent = new CopyOnWriteArrayList<String>();
        String url = stage.on("/a", exchange -> {
            sent.add(exchange.getRequestHeaders().getFirst("Authorization"));
            sent.add(exchange.getRequestURI().getQuery());
            boolean isFirst = sent.size() == 2;
            (isFirst ? HttpStage.redirect("/a?sig=" + SIGNATURE + "&second") : HttpStage.body(new byte[5]))
                    .to(exchange);
        });
        String host = url.substring("http://".length(), url.indexOf("/a"));

        assertThat(stage.fetch(url + "?sig=" + SIGNATURE, Map.of("weighbridge.fetch.token." + host, TOKEN)))
                .isInstanceOf(Fetched.class);
        assertThat(sent)
                .containsExactly(
                        "Bearer " + TOKEN, "sig=" + SIGNATURE, "Bearer " + TOKEN, "sig=" + SIGNATURE + "&second");
        assertThat(lines()).anySatisfy(line -> assertThat(line).contains("/a"));
        assertThat(lines()).noneMatch(line -> line.contains(TOKEN) || line.contains(SIGNATURE));
    }
}

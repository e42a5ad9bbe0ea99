package io.weighbridge.app.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

class LingeringCloseTest {

    private static final String LARGE = "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Length: 30000000\r\n\r\n" + "x".repeat(30_000_000);

    @Test
    void shouldTakeWhatARefusedRequestStillSends() throws Exception {
        assertThat(answer(Duration.ofSeconds(10))).startsWith("HTTP/1.1 413 ").endsWith("refused");
    }

    @Test
    void shouldCutOffWhatGoesOnForTooLong() {
        assertThatThrownBy(() -> answer(Duration.ZERO)).isInstanceOf(UncheckedIOException.class);
    }

    /** What a client reads that first sends all. */
    private static String answer(Duration longest) throws Exception {
        var server = new Server();
        var connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        var lingering = new LingeringClose(longest);
        lingering.setHandler(new Refusal());
        server.setHandler(lingering);
        server.start();
        try {
            return HttpProbe.ofManagement(connector.getLocalPort()).raw(LARGE);
        } finally {
            server.stop();
        }
    }

    /** Answers without a look at the body. */
    private static final class Refusal extends Handler.Abstract {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            response.setStatus(413);
            response.write(true, ByteBuffer.wrap("refused".getBytes(UTF_8)), callback);
            return true;
        }
    }
}

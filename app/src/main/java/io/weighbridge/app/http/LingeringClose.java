package io.weighbridge.app.http;

import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes what a request still sends after it has been answered, such as the body that a refusal did not read. A server
 * that closes a connection whose bytes it has not read resets it, and the reset takes the answer from a client that is
 * still sending (RFC 9112, section 9.6).
 */
final class LingeringClose extends Handler.Wrapper {

    private final Duration longest;

    /** @param longest how long an answered request may go on sending before its connection is reset */
    LingeringClose(Duration longest) {
        this.longest = longest;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        return super.handle(new Unconsumed(request), response, new Callback.Nested(callback) {
            @Override
            public void succeeded() {
                new Rest(request, super::succeeded, System.nanoTime() + longest.toNanos()).run();
            }
        });
    }

    /** A request of which no more is taken, and which so does not fail, when its answer is begun. */
    private static final class Unconsumed extends Request.Wrapper {

        private Unconsumed(Request request) {
            super(request);
        }

        @Override
        public boolean consumeAvailable() {
            return false;
        }
    }

    /** What has not been read of a request. Holds no thread while nothing comes. */
    private record Rest(Request request, Runnable end, long deadlineNanos) implements Runnable {

        @Override
        public void run() {
            while (System.nanoTime() - deadlineNanos < 0) {
                var chunk = request.read();
                if (chunk == null) {
                    request.demand(this);
                    return;
                }
                chunk.release();
                if (chunk.isLast() || Content.Chunk.isFailure(chunk)) {
                    break;
                }
            }
            end.run();
        }
    }
}

package io.weighbridge.hasher.fetch;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the body of a response into a file as it arrives, and stops at the first byte over the limit.
 *
 * <p>Its result is the number of bytes received: more than the limit if it was exceeded.
 */
final class SpoolingBody implements BodySubscriber<Long> {

    private final Path file;
    private final long maxBytes;
    private final AtomicLong received;
    private final CompletableFuture<Long> body = new CompletableFuture<>();
    private Flow.Subscription subscription;
    private FileChannel channel;

    /** @param received is set to 0, then counts the bytes, for others to watch */
    SpoolingBody(Path file, long maxBytes, AtomicLong received) {
        this.file = file;
        this.maxBytes = maxBytes;
        this.received = received;
    }

    @Override
    public CompletionStage<Long> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        received.set(0);
        try {
            channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
            subscription.request(1);
        } catch (IOException e) {
            stop();
            body.completeExceptionally(new SpoolException(e));
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        try {
            for (var buffer : buffers) {
                if (received.addAndGet(buffer.remaining()) > maxBytes) {
                    stop();
                    body.complete(received.get());
                    return;
                }
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            subscription.request(1);
        } catch (IOException e) {
            stop();
            body.completeExceptionally(new SpoolException(e));
        }
    }

    @Override
    public void onError(Throwable failure) {
        close();
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        try {
            channel.close();
            body.complete(received.get());
        } catch (IOException e) {
            body.completeExceptionally(new SpoolException(e));
        }
    }

    private void stop() {
        subscription.cancel();
        close();
    }

    private void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            body.completeExceptionally(new SpoolException(e));
        }
    }

    /** Our own disk failed, not the host. */
    static final class SpoolException extends IOException {

        private static final long serialVersionUID = 1L;

        SpoolException(IOException cause) {
            super("spool: " + cause.getMessage(), cause);
        }
    }

    /** Reads nothing of a body that nobody wants, however long it is. Its result is the given number of bytes. */
    static final class Unread implements BodySubscriber<Long> {

        private final long bytes;

        Unread(long bytes) {
            this.bytes = bytes;
        }

        @Override
        public CompletionStage<Long> getBody() {
            return CompletableFuture.completedFuture(bytes);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.cancel();
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            // cancelled
        }

        @Override
        public void onError(Throwable failure) {
            // nobody waits
        }

        @Override
        public void onComplete() {
            // nobody waits
        }
    }
}

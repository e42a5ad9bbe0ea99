package io.weighbridge.hasher.fetch;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicLong;

/** Reads the body of a response into memory, up to a limit; the rest is never read. */
final class MemoryBody implements BodySubscriber<MemoryBody.Content> {

    private final int maxBytes;
    private final AtomicLong received;
    private final ByteArrayOutputStream bytes;
    private final CompletableFuture<Content> body = new CompletableFuture<>();
    private Flow.Subscription subscription;

    /**
     * @param maxBytes 0 to read nothing at all
     * @param received counts the bytes, for others to watch
     */
    MemoryBody(int maxBytes, AtomicLong received) {
        this.maxBytes = maxBytes;
        this.received = received;
        bytes = new ByteArrayOutputStream(Math.min(maxBytes, 1 << 16));
    }

    /** @param isWhole whether the body ended within the limit */
    record Content(byte[] bytes, boolean isWhole) {}

    @Override
    public CompletionStage<Content> getBody() {
        return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        this.subscription = subscription;
        if (maxBytes == 0) {
            end(false);
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (var buffer : buffers) {
            int room = maxBytes - bytes.size();
            boolean isTooMuch = buffer.remaining() > room;
            var taken = new byte[Math.min(room, buffer.remaining())];
            buffer.get(taken);
            bytes.writeBytes(taken);
            received.addAndGet(taken.length);
            if (isTooMuch) {
                end(false);
                return;
            }
        }
        subscription.request(1);
    }

    private void end(boolean isWhole) {
        subscription.cancel();
        body.complete(new Content(bytes.toByteArray(), isWhole));
    }

    @Override
    public void onError(Throwable failure) {
        body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        body.complete(new Content(bytes.toByteArray(), true));
    }
}

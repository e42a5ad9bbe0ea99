package io.weighbridge.app.feed;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.WakeupException;

/** A topic that is being followed, until closed. */
public final class Following implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);

    private final AssignedConsumer consumer;
    private final Thread thread;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean closed;

    private Following(String topic, AssignedConsumer consumer, Consumer<ConsumerRecord<byte[], byte[]>> visit) {
        this.consumer = consumer;
        thread = new Thread(() -> run(visit), "follow-" + topic);
        thread.setDaemon(true);
    }

    static Following start(String topic, AssignedConsumer consumer, Consumer<ConsumerRecord<byte[], byte[]>> visit) {
        var following = new Following(topic, consumer, visit);
        following.thread.start();
        return following;
    }

    /** Whether records still come; false once it is closed, or the topic cannot be read any more. */
    public boolean live() {
        return !ended.isDone();
    }

    /**
     * Does nothing while records come.
     *
     * @throws FeedException if the topic cannot be read any more
     */
    public void check() {
        if (ended.isCompletedExceptionally()) {
            throw (RuntimeException) ended.handle((none, failure) -> failure).join();
        }
    }

    /** Ends it; once this returns, the visitor is called no more, unless the visitor itself is the caller. */
    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Consumer<ConsumerRecord<byte[], byte[]>> visit) {
        try (consumer) {
            while (!closed) {
                for (var raw : consumer.poll(POLL)) {
                    if (closed) {
                        break;
                    }
                    visit.accept(raw);
                }
            }
            ended.complete(null);
        } catch (WakeupException e) {
            ended.complete(null);
        } catch (RuntimeException e) {
            ended.completeExceptionally(e);
        }
    }
}

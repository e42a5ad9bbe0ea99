package io.weighbridge.alerting.sink.attempt;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The time that one attempt may take, whatever its parts wait for. */
public final class TimeLimit {

    private TimeLimit() {}

    /**
     * What another thread comes to; it is cancelled when this returns.
     *
     * @throws IOException if it failed with one, or the time is over
     */
    public static <T> T await(Future<T> running, Duration atMost) throws IOException, InterruptedException {
        try {
            return running.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no answer within " + atMost);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("an attempt to deliver", e.getCause());
        } finally {
            running.cancel(true);
        }
    }
}

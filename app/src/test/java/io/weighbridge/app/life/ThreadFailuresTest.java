package io.weighbridge.app.life;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ThreadFailuresTest {

    @Test
    void shouldGiveUpOnARoleThatKeepsFailing() {
        var failures = new ThreadFailures("hasher");
        var failure = new IllegalStateException("the registry does not answer");
        for (int i = 0; i < 10; i++) {
            assertThat(failures.handle(failure)).isEqualTo(REPLACE_THREAD);
        }

        assertThat(failures.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);
    }
}

package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weighbridge.hasher.fetch.HostTurns.NoTurnException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HostTurnsTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private static Deadline in(Duration duration) {
        return Deadline.in(duration);
    }

    @Test
    void shouldLetSoManyAskAtATimeAndTheNextWhenOneIsDone() throws Exception {
        var turns = new HostTurns(2, 0);
        var first = turns.take("a", in(LONG));
        turns.take("a", in(LONG));

        assertThatThrownBy(() -> turns.take("a", in(Duration.ofMillis(50))))
                .isInstanceOf(NoTurnException.class)
                .hasMessage("a was asked by others until the deadline; see weighbridge.fetch.host.connections");
        turns.take("b", in(LONG));
        var thread = Executors.newSingleThreadExecutor();
        try {
            var asking = new AtomicReference<Thread>();
            var third = thread.submit(() -> {
                asking.set(Thread.currentThread());
                return turns.take("a", in(LONG));
            });
            await().until(() -> asking.get() != null && asking.get().getState() == Thread.State.TIMED_WAITING);
            assertThat(third).isNotDone();
            first.close();
            assertThat(third.get(10, TimeUnit.SECONDS)).isNotNull();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    void shouldSpreadRequestsOverTheSecond() throws Exception {
        var turns = new HostTurns(100, 20);
        long started = System.nanoTime();
        for (int i = 0; i < 5; i++) {
            turns.take("a", in(LONG)).close();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(195));
    }

    @Test
    void shouldLeaveAHostAloneUntilItsTimeWhoeverAsks() throws Exception {
        var turns = new HostTurns(100, 0);
        long started = System.nanoTime();
        turns.leaveAlone("a", Duration.ofMillis(300));
        turns.leaveAlone("a", Duration.ofMillis(1));
        turns.take("b", in(LONG)).close();
        turns.take("a", in(LONG)).close();

        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void shouldGiveUpAtOnceOnAHostThatIsToBeLeftAloneForTooLong() {
        var turns = new HostTurns(100, 0);
        turns.leaveAlone("a", Duration.ofDays(10_000));

        assertThatThrownBy(() -> turns.take("a", in(LONG)))
                .isInstanceOf(NoTurnException.class)
                .hasMessageMatching(
                        "a may not be asked for another 8640[01] s, which is past the deadline; see weighbridge.fetch.deadline");
    }

    @Test
    void shouldWakeThoseWhoWaitWhenItIsClosed() throws Exception {
        var turns = new HostTurns(1, 0);
        turns.take("a", in(LONG));
        var failure = new AtomicReference<Exception>();
        var thread = new Thread(() -> {
            try {
                turns.take("a", in(LONG));
            } catch (Exception e) {
                failure.set(e);
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        turns.close();
        thread.join(10_000);

        assertThat(failure.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void shouldNotRememberHostsWithoutEnd() throws Exception {
        var turns = new HostTurns(1, 0);
        var kept = turns.take("kept", in(LONG));
        turns.leaveAlone("alone", LONG.plus(LONG));
        for (int i = 0; i < 3000; i++) {
            turns.take("host-" + i, in(LONG)).close();
        }
        assertThat(turns.hosts()).isLessThanOrEqualTo(1000);
        assertThatThrownBy(() -> turns.take("alone", in(LONG))).isInstanceOf(NoTurnException.class);

        for (int i = 0; i < 25_000; i++) {
            turns.leaveAlone("host-" + i, LONG);
        }
        assertThat(turns.hosts()).isLessThanOrEqualTo(10_000);
        assertThatThrownBy(() -> turns.take("kept", in(Duration.ofMillis(20)))).isInstanceOf(NoTurnException.class);
        kept.close();
    }
}

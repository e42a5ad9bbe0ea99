package io.weighbridge.app.http.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.weighbridge.app.client.Gateway;
import io.weighbridge.app.feed.LivePicture;
import io.weighbridge.app.http.ProblemException;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.TestTopics;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WritesTest {

    private final Gateway gateway = new Gateway(TestTopics.mock());
    private final LivePicture picture = new LivePicture(10, 10);
    private final String id = TestRecords.suppression().getId();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void shouldSeeWhatComesWhileItWaits() {
        var writes = writes(Duration.ofMinutes(1));
        var seen = CompletableFuture.supplyAsync(() -> writes.await(() -> picture.suppression(id)));

        picture.suppressed(TestRecords.suppression());

        assertThat(seen.join()).contains(TestRecords.suppression());
    }

    @Test
    void shouldSeeWhatIsThereWithoutWaiting() {
        picture.suppressed(TestRecords.suppression());

        assertThat(writes(Duration.ZERO).await(() -> picture.suppression(id))).isPresent();
    }

    @Test
    void shouldGiveUpWhenTheTimeIsOverOrThePictureEnds() {
        assertThat(writes(Duration.ofMillis(1)).await(() -> picture.suppression(id)))
                .isEmpty();

        picture.changes().close();

        assertThat(writes(Duration.ofMinutes(1)).await(() -> picture.suppression(id)))
                .isEmpty();
    }

    @Test
    void shouldSayThatNothingChangedIfTheBrokersDoNotTakeIt() {
        assertThatThrownBy(
                        () -> writes(Duration.ZERO).publish(publisher -> publisher.suppress(TestRecords.suppression())))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("not changed, the brokers did not take it")
                .satisfies(problem ->
                        assertThat(((ProblemException) problem).getStatus()).isEqualTo(503));
    }

    private Writes writes(Duration patience) {
        return new Writes(gateway, picture, Clock.systemUTC(), patience);
    }
}

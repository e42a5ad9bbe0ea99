package io.weighbridge.hasher.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weighbridge.hasher.fetch.FetchResult.NotFetched;
import io.weighbridge.schemas.avro.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets room in a spool of 100 bytes. */
class SpoolRoomTest {

    private static final Optional<NotFetched> GRANTED = Optional.empty();

    private final SpoolRoom room = new SpoolRoom(100);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        threads.shutdownNow();
    }

    private SpoolClaim upload() {
        return upload(0);
    }

    private SpoolClaim upload(int behind) {
        return room.claim(Deadline.in(Duration.ofMinutes(1)), behind);
    }

    private static SpoolLease holding(SpoolClaim upload, long bytes) {
        var lease = upload.lease();
        assertThat(lease.resize(bytes)).isTrue();
        return lease;
    }

    /** Waits in a thread of its own. */
    private Future<Optional<NotFetched>> waiting(SpoolLease lease, long bytes) {
        long before = room.waiting();
        var waiting = threads.submit(() -> lease.await(bytes));
        await().until(() -> room.waiting() > before || waiting.isDone());
        return waiting;
    }

    private static Optional<NotFetched> result(Future<Optional<NotFetched>> waiting) throws Exception {
        return waiting.get(10, TimeUnit.SECONDS);
    }

    @Test
    void shouldNeverGiveMoreThanThereIs() {
        var first = holding(upload(), 60);

        assertThat(upload().lease().resize(41)).isFalse();
        holding(upload(), 40);
        assertThat(room.heldBytes()).isEqualTo(100);
        first.close();
        assertThat(room.heldBytes()).isEqualTo(40);
    }

    @Test
    void shouldGiveBackOnceWhatIsClosedTwice() {
        var lease = holding(upload(), 60);
        lease.close();
        lease.close();

        assertThat(room.heldBytes()).isZero();
        assertThat(lease.resize(1)).as("after it was closed").isFalse();
    }

    @Test
    void shouldTakeBackWhatAFileNeedsNoMore() {
        var lease = holding(upload(), 90);

        assertThat(lease.resize(5)).isTrue();
        assertThat(room.heldBytes()).isEqualTo(5);
    }

    @Test
    void shouldWaitUntilThereIsRoom() throws Exception {
        var first = holding(upload(), 60);
        var waiting = waiting(upload().lease(), 50);

        assertThat(waiting).isNotDone();
        assertThat(room.waiting()).isEqualTo(1);
        first.close();
        assertThat(result(waiting)).isEqualTo(GRANTED);
        assertThat(room.waiting()).isZero();
        assertThat(room.heldBytes()).isEqualTo(50);
    }

    @Test
    void shouldNotLetSmallFilesPassALargeOneThatWaits() throws Exception {
        var first = holding(upload(), 60);
        var large = upload();
        var waiting = waiting(large.lease(), 100);

        assertThat(upload().lease().resize(1)).isFalse();
        first.close();
        assertThat(result(waiting)).isEqualTo(GRANTED);
    }

    @Test
    void shouldServeLiveUploadsBeforeBackfillThatCameEarlier() throws Exception {
        var first = holding(upload(), 60);
        var backfill = waiting(upload(2).lease(), 90);
        var live = upload().lease();
        var liveWaiting = waiting(live, 80);
        first.close();

        assertThat(result(liveWaiting)).isEqualTo(GRANTED);
        assertThat(backfill).isNotDone();
        live.close();
        assertThat(result(backfill)).isEqualTo(GRANTED);
    }

    @Test
    void shouldNotLetBackfillWaitForEver() throws Exception {
        var first = holding(upload(), 60);
        var backfill = waiting(upload(1).lease(), 90);
        upload();
        var live = waiting(upload().lease(), 80);
        first.close();

        assertThat(result(backfill)).isEqualTo(GRANTED);
        assertThat(live).isNotDone();
    }

    @Test
    void shouldServeUploadsThatHoldRoomFirst() throws Exception {
        var earlier = upload();
        var holder = upload();
        holding(holder, 30);
        var other = holding(upload(), 60);
        var begins = waiting(earlier.lease(), 50);
        var goesOn = waiting(holder.lease(), 70);
        other.close();

        assertThat(result(goesOn)).isEqualTo(GRANTED);
        assertThat(begins).isNotDone();
    }

    @Test
    void shouldHaveTheLastGiveWayWhereAllWaitForEachOther() throws Exception {
        var first = upload();
        var last = upload();
        holding(first, 50);
        var held = holding(last, 50);
        var firstWaiting = waiting(first.lease(), 50);
        var lastWaiting = waiting(last.lease(), 10);

        assertThat(result(lastWaiting))
                .contains(new NotFetched(
                        Outcome.FAILED,
                        "gave way to other uploads in the spool; see weighbridge.fetch.spool.total.bytes"));
        assertThat(last.isGivingWay()).isTrue();
        assertThat(last.lease().resize(0)).isTrue();
        held.close();
        assertThat(result(firstWaiting)).isEqualTo(GRANTED);
        assertThat(first.isGivingWay()).isFalse();
    }

    @Test
    void shouldLetAnUploadThatGaveWayComeBackWhenThereIsRoomForAllOfIt() throws Exception {
        var first = upload();
        var last = upload();
        var firstHeld = holding(first, 50);
        var held = holding(last, 50);
        var more = first.lease();
        var firstWaiting = waiting(more, 20);
        result(waiting(last.lease(), 10));
        held.close();
        last.startOver();
        result(firstWaiting);

        assertThat(last.lease().resize(30)).as("30 of 60 bytes, 30 are free").isFalse();
        more.close();
        firstHeld.close();
        assertThat(last.lease().resize(30)).isTrue();
    }

    @Test
    void shouldRefuseWhatIsNeverToBeHad() throws Exception {
        var upload = upload();
        holding(upload, 50);

        assertThat(upload.lease().await(51))
                .contains(new NotFetched(
                        Outcome.TOO_LARGE,
                        "weighbridge.fetch.spool.total.bytes: expected at most 50 bytes beside the files that it is"
                                + " read with, got at least 51"));
        assertThat(room.waiting()).isZero();
    }

    @Test
    void shouldWaitNoLongerThanTheDeadline() throws Exception {
        holding(upload(), 60);
        var late = room.claim(Deadline.in(Duration.ofMillis(10)), 0);

        assertThat(late.lease().await(50))
                .contains(new NotFetched(
                        Outcome.TIMED_OUT,
                        "no room in the spool by the deadline; see weighbridge.fetch.spool.total.bytes"));
        assertThat(upload().lease().resize(40)).as("nobody waits any more").isTrue();
    }

    @Test
    void shouldForgetAllThatWaitWhenItIsClosed() {
        holding(upload(), 60);
        var waiting = waiting(upload().lease(), 50);
        room.close();

        assertThatThrownBy(() -> result(waiting))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(InterruptedException.class)
                .hasMessage("the fetcher was closed");
    }

    @Test
    void shouldNotStayInLineWhenItsThreadIsInterrupted() {
        holding(upload(), 60);
        waiting(upload().lease(), 50);
        threads.shutdownNow();

        await().until(() -> room.waiting() == 0);
        assertThat(upload().lease().resize(40)).isTrue();
    }
}

package io.weighbridge.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.weighbridge.app.embedded.TestCluster;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.Outcome;
import io.weighbridge.schemas.avro.UploadEvent;
import io.weighbridge.schemas.avro.UploadRef;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class LiveFeedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Settings settings = TestCluster.shared().settings();
    private final Topics topics = Topics.of(settings);
    private final String id = UUID.randomUUID().toString();
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @Test
    void shouldFoldWhatWasThereAndWhatComes() throws Exception {
        TestCluster.shared().createProductTopics(2);
        try (var writer = new TopicWriter(settings)) {
            write(writer, topics.modelUploads(), upload());
            try (var feed = LiveFeed.start(settings)) {
                assertThat(feed.awaitCaughtUp(PATIENCE)).isTrue();
                assertThat(feed.problem()).isEmpty();
                assertThat(feed.picture().upload(id))
                        .hasValueSatisfying(row -> assertThat(row.match()).isEqualTo(MatchState.PENDING));

                writer.write(topics.scanOutcomes().name(), 0, now, id, new byte[] {1, 2, 3});
                write(writer, topics.scanOutcomes(), FeedRecords.outcomeOf(reference(), Outcome.HASHED));
                write(writer, topics.infringementAlerts(), alert());
                write(writer, topics.infringementCases(), FeedRecords.caseOf(alert(), 2));

                await().atMost(PATIENCE)
                        .until(() -> feed.picture().caseOf("alert-" + id).isPresent()
                                && feed.picture().upload(id).orElseThrow().match() == MatchState.MATCH);
                assertThat(feed.undecodable()).isPositive();
            }
        }
    }

    @Test
    void shouldFollowProtectionsAndWithdrawals() throws Exception {
        TestCluster.shared().createProductTopics(2);
        try (var writer = new TopicWriter(settings);
                var feed = LiveFeed.start(settings)) {
            writer.write(topics.protectedModels(), 0, now, id, FeedRecords.model(id, now));
            writer.write(topics.protectedCodes(), 0, now, id, FeedRecords.protectedCode(id, now));
            await().atMost(PATIENCE)
                    .until(() -> feed.picture()
                            .protectedModel(id)
                            .filter(row -> row.status() == ProtectedRow.Status.ACTIVE)
                            .isPresent());

            writer.write(topics.protectedModels(), 0, now, id, null);
            writer.write(topics.protectedCodes(), 0, now, id, null);
            await().atMost(PATIENCE)
                    .until(() -> feed.picture().protectedModel(id).isEmpty());
        }
    }

    @Test
    void shouldOutliveRecordsOfAnotherKindOnItsTopics() throws Exception {
        TestCluster.shared().createProductTopics(2);
        try (var writer = new TopicWriter(settings);
                var feed = LiveFeed.start(settings)) {
            byte[] alertBytes = topics.infringementAlerts()
                    .value()
                    .serializer()
                    .serialize(topics.infringementAlerts().name(), alert());
            writer.write(topics.modelUploads().name(), 0, now, "other", alertBytes);
            writer.write(topics.modelUploads(), 0, now, "tombstone", null);
            write(writer, topics.modelUploads(), upload());

            await().atMost(PATIENCE).until(() -> feed.picture().upload(id).isPresent());
            assertThat(feed.undecodable()).isPositive();
        }
    }

    @Test
    void shouldLeaveOutWhatIsOlderThanItsHistory() throws Exception {
        TestCluster.shared().createProductTopics(2);
        try (var writer = new TopicWriter(settings)) {
            writer.write(topics.modelUploads(), 0, now.minus(Duration.ofDays(8)), id, upload());
            try (var feed = LiveFeed.start(settings);
                    var longer = LiveFeed.start(settings.with(Map.of(FeedSettings.HISTORY, "P30D")))) {
                assertThat(feed.awaitCaughtUp(PATIENCE)).isTrue();
                assertThat(longer.awaitCaughtUp(PATIENCE)).isTrue();

                assertThat(feed.picture().upload(id)).isEmpty();
                assertThat(longer.picture().upload(id)).isPresent();
            }
        }
    }

    @Test
    void shouldWaitForBrokersThatAreAwayAndSaySo() {
        var nobody = settings.with(Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", "200"));
        try (var feed = LiveFeed.start(nobody)) {
            await().atMost(PATIENCE)
                    .until(() -> feed.problem().orElse("").startsWith("brokers at 127.0.0.1:1, asked for"));
            assertThat(feed.isCaughtUp()).isFalse();
        }
    }

    @Test
    void shouldCloseAtOnceWhileItWaitsForBrokers() {
        long start = System.nanoTime();
        LiveFeed.start(settings.with(Map.of("bootstrap.servers", "127.0.0.1:1")))
                .close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }

    private <V> void write(TopicWriter writer, Topic<String, V> topic, V value) {
        writer.write(topic, 0, now, id, value);
    }

    private UploadEvent upload() {
        return UploadEvent.newBuilder(FeedRecords.upload(0))
                .setId(id)
                .setUploadedAt(now)
                .build();
    }

    private UploadRef reference() {
        return UploadRow.reference(upload());
    }

    private InfringementAlert alert() {
        return InfringementAlert.newBuilder(FeedRecords.alert(0, "a", 3, 1e-20))
                .setAlertId("alert-" + id)
                .setUpload(reference())
                .setMatchedAt(now)
                .build();
    }
}

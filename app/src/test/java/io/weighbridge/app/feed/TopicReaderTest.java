package io.weighbridge.app.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.weighbridge.app.embedded.TestCluster;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.UploadEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TopicReaderTest {

    private static final byte[] GARBAGE = {123, 125};

    private final Settings settings = TestCluster.shared().settings();
    private final Topic<String, UploadEvent> topic = topic(settings, "uploads-" + UUID.randomUUID());
    private final TopicReader reader = TopicReader.of(settings);
    private TopicWriter writer;

    @BeforeEach
    void createTopic() {
        TestCluster.shared().createTopics(3, topic.name());
        writer = new TopicWriter(settings);
    }

    @AfterEach
    void closeWriter() {
        writer.close();
    }

    private static Topic<String, UploadEvent> topic(Settings settings, String name) {
        return new Topic<>(name, Serdes.String(), Topics.of(settings).avroSerde(), Topic.Keeping.LAST_OF_KEY);
    }

    @Test
    void shouldReadNothingFromAnEmptyTopic() {
        assertThat(reader.readAll(topic)).isEmpty();
        assertThat(reader.readLast(topic, 5)).isEmpty();
        assertThat(reader.readSince(topic, FeedRecords.START)).isEmpty();
        assertThat(reader.latest(topic)).isEmpty();
    }

    @Test
    void shouldReadAllPartitionsInTimeOrder() {
        write(2, 3);
        write(0, 1);
        write(1, 2);
        write(0, 4);

        assertThat(reader.readAll(topic)).extracting(Entry::key).containsExactly("k1", "k2", "k3", "k4");
        assertThat(reader.readAll(topic).get(0))
                .isEqualTo(
                        new Entry<>("k1", FeedRecords.upload(1), FeedRecords.uploadedAt(1), 0, 0, new RecordHeaders()));
    }

    @Test
    void shouldShowTheLastValueOfEachKeyOneByOne() {
        writer.write(topic, 0, time(1), "kept", FeedRecords.upload(1));
        writer.write(topic, 1, time(2), "changed", FeedRecords.upload(2));
        writer.write(topic, 1, time(3), "changed", FeedRecords.upload(3));
        writer.write(topic, 2, time(4), "withdrawn", FeedRecords.upload(4));
        writer.write(topic, 2, time(5), "withdrawn", null);
        writer.write(topic, 2, time(6), "back", null);
        writer.write(topic, 2, time(7), "back", FeedRecords.upload(5));
        writer.begin(topic.name(), 0, time(8), "kept", bytes(9)).abort();
        var shown = new TreeMap<String, UploadEvent>();

        int missed = reader.forEachLatest(topic, entry -> shown.put(entry.key(), entry.value()));

        assertThat(missed).isZero();
        assertThat(shown).isEqualTo(reader.latest(topic)).containsOnlyKeys("back", "changed", "kept");
        assertThat(shown).containsEntry("changed", FeedRecords.upload(3));
    }

    @Test
    void shouldNeitherShowNorWaitForWhatIsNotCommitted() {
        write(0, 1);
        writer.begin(topic.name(), 0, time(2), "aborted", bytes(2)).abort();
        try (var other = new TopicWriter(settings)) {
            other.begin(topic.name(), 0, time(3), "open", bytes(3));

            assertThat(reader.readAll(topic)).extracting(Entry::key).containsExactly("k1");

            other.commit();
            assertThat(reader.readAll(topic)).extracting(Entry::key).containsExactly("k1", "open");
        }
    }

    @Test
    void shouldReadTheNewestRecordsThoughMarkersLieBetween() {
        for (int n = 0; n < 40; n++) {
            write(n % 2, n);
        }

        assertThat(reader.readLast(topic, 3)).extracting(Entry::key).containsExactly("k37", "k38", "k39");
        assertThat(reader.readLast(topic, 100)).hasSize(40);
        assertThat(reader.readLast(topic, 0)).isEmpty();
    }

    @Test
    void shouldReadFromATimeOn() {
        for (int n = 0; n < 6; n++) {
            write(n % 3, n);
        }

        assertThat(reader.readSince(topic, time(4))).extracting(Entry::key).containsExactly("k4", "k5");
        assertThat(reader.readSince(topic, time(99))).isEmpty();
        assertThat(reader.readSince(topic, Instant.EPOCH)).hasSize(6);
    }

    @Test
    void shouldGiveTheLastValueOfEachKeyWithoutWithdrawnOnes() {
        writer.write(topic, 0, time(1), "a", FeedRecords.upload(1));
        writer.write(topic, 1, time(2), "b", FeedRecords.upload(2));
        writer.write(topic, 1, time(3), "c", FeedRecords.upload(3));
        writer.write(topic, 0, time(4), "a", FeedRecords.upload(4));
        writer.write(topic, 1, time(5), "b", null);

        assertThat(reader.latest(topic))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", FeedRecords.upload(4), "c", FeedRecords.upload(3)));
        assertThat(reader.latest(topic).keySet()).containsExactly("c", "a");
    }

    @Test
    void shouldLeaveOutAndCountWhatCannotBeDecoded() {
        write(0, 1);
        writer.write(topic.name(), 0, time(2), "bad", GARBAGE);
        write(0, 3);

        assertThat(reader.readAll(topic)).extracting(Entry::key).containsExactly("k1", "k3");
        assertThat(reader.undecodable()).isEqualTo(1);
    }

    @Test
    void shouldNotTakeAnAbsentRegistryForBadRecords() {
        write(0, 1);
        var elsewhere = settings.with(Map.of("schema.registry.url", "http://127.0.0.1:1"));

        assertThatThrownBy(() -> TopicReader.of(elsewhere).readAll(topic(elsewhere, topic.name())))
                .isInstanceOf(FeedException.class)
                .hasMessageStartingWith("schema of " + topic.name() + " partition 0 offset 0: ");
    }

    @Test
    void shouldNameAMissingTopicAndHowToMakeIt() {
        assertThatThrownBy(() -> reader.readAll(topic(settings, "nowhere")))
                .isInstanceOf(FeedException.class)
                .hasMessage("topic nowhere at " + TestCluster.shared().bootstrapServers()
                        + ": expected to exist, not found; `weighbridge topics create` makes it");
    }

    @Test
    void shouldNameBrokersThatDoNotAnswer() {
        var nobody = settings.with(Map.of("bootstrap.servers", "127.0.0.1:1", "default.api.timeout.ms", "300"));
        var nonsense = settings.with(Map.of("bootstrap.servers", "no port"));

        assertThatThrownBy(() -> TopicReader.of(nobody).readAll(topic))
                .isInstanceOf(FeedException.class)
                .hasMessageStartingWith("brokers at 127.0.0.1:1, asked for partitions of ");
        assertThatThrownBy(() -> TopicReader.of(nonsense).readAll(topic))
                .isInstanceOf(FeedException.class)
                .hasMessageStartingWith("brokers at no port: ");
    }

    @Test
    void shouldIgnoreTheSettingsOfGroups() {
        write(0, 1);
        var grouped =
                settings.with(Map.of("group.id", "g", "enable.auto.commit", "true", "auto.offset.reset", "latest"));

        assertThat(TopicReader.of(grouped).readAll(topic)).hasSize(1);
    }

    @Test
    void shouldFollowFromNowOn() throws Exception {
        write(0, 1);
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (var following = reader.follow(topic, false, entry -> seen.add(entry.key()))) {
            assertThat(following).isNotNull();
            write(2, 2);
            writer.write(topic.name(), 0, time(3), "bad", GARBAGE);
            write(0, 4);

            assertThat(List.of(next(seen), next(seen))).containsExactlyInAnyOrder("k2", "k4");
        }
        write(0, 5);
        assertThat(reader.readAll(topic)).hasSize(4);
        assertThat(seen).isEmpty();
    }

    @Test
    void shouldFollowFromTheBeginning() throws Exception {
        write(0, 1);
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (var following = reader.follow(topic, true, entry -> seen.add(entry.key()))) {
            assertThat(following).isNotNull();
            assertThat(next(seen)).isEqualTo("k1");
            write(0, 2);
            assertThat(next(seen)).isEqualTo("k2");
        }
    }

    @Test
    void shouldTellWhyFollowingEnded() {
        var following = reader.follow(topic, true, entry -> {
            throw new IllegalStateException("visitor of " + entry.key());
        });
        following.check();
        assertThat(following.live()).isTrue();
        write(0, 1);
        await().until(() -> !following.live());

        assertThatThrownBy(following::check).hasMessage("visitor of k1");
        following.close();
        assertThatThrownBy(following::check).hasMessage("visitor of k1");
    }

    private void write(int partition, int n) {
        writer.write(topic, partition, time(n), "k" + n, FeedRecords.upload(n));
    }

    private byte[] bytes(int n) {
        return topic.value().serializer().serialize(topic.name(), FeedRecords.upload(n));
    }

    private static Instant time(int n) {
        return FeedRecords.uploadedAt(n);
    }

    private static String next(BlockingQueue<String> seen) throws InterruptedException {
        return seen.poll(20, TimeUnit.SECONDS);
    }
}

package io.weighbridge.app.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

/** What a cluster of one broker, which knows at once, does not show; the rest is in the tests of the commands. */
class TopicAdminTest {

    private final List<Set<String>> asked = new ArrayList<>();

    @Test
    void shouldAskForWhatIsNotKnownUntilAllIs() {
        var answers =
                List.of(Set.of("uploads"), Set.<String>of(), Set.of("codes")).iterator();

        TopicAdmin.awaitKnown(List.of("codes", "uploads"), names -> answer(names, answers.next()), Duration.ofHours(1));

        assertThat(asked).containsExactly(Set.of("codes", "uploads"), Set.of("codes"), Set.of("codes"));
    }

    @Test
    void shouldSayWhatTheBrokersNeverHeardOf() {
        assertThatThrownBy(() -> TopicAdmin.awaitKnown(
                        List.of("codes", "uploads"), names -> answer(names, Set.of("uploads")), Duration.ZERO))
                .isInstanceOf(KafkaException.class)
                .hasMessage("creating topics: the brokers do not know of [codes], 0 s after they were created");
    }

    @Test
    void shouldAskNothingWhereNothingWasCreated() {
        TopicAdmin.awaitKnown(List.of(), names -> answer(names, Set.of()), Duration.ZERO);

        assertThat(asked).allSatisfy(names -> assertThat(names).isEmpty());
    }

    private Set<String> answer(Set<String> names, Set<String> known) {
        asked.add(Set.copyOf(names));
        return known;
    }
}

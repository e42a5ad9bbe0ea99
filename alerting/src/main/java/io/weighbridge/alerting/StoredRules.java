package io.weighbridge.alerting;

import io.weighbridge.alerting.sink.AlertFilter;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.Suppression;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The rules as the alerting topology of this process knows them, for the sinks beside it. Waits while its stores are not there, or not whole. */
public final class StoredRules implements AlertFilter {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final KafkaStreams streams;
    private final Clock clock;

    /** @param streams runs the {@link AlertingTopology}, now or soon */
    public StoredRules(KafkaStreams streams, Clock clock) {
        this.streams = streams;
        this.clock = clock;
    }

    @Override
    public Optional<String> silenced(InfringementAlert alert) throws InterruptedException {
        while (true) {
            try {
                return present().silencing(alert, clock.instant()).map(StoredRules::describe);
            } catch (InvalidStateStoreException e) {
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        }
    }

    private AlertRules present() {
        return new AlertRules(
                this.<Suppression>store(AlertingTopology.SUPPRESSIONS_STORE),
                this.<ProtectionPolicy>store(AlertingTopology.POLICIES_STORE));
    }

    private <V> ReadOnlyKeyValueStore<String, V> store(String name) {
        return streams.store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.keyValueStore()));
    }

    private static String describe(Suppression suppression) {
        return suppression.getId() + " by " + suppression.getAuthor() + ": " + suppression.getReason();
    }
}

package io.weighbridge.app.chaos.load;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.Drain;
import io.weighbridge.app.feed.Following;
import java.time.Duration;
import java.util.HashSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Follows what becomes of the uploads of a ledger, as any consumer of committed records sees it. */
public final class Watch implements AutoCloseable {

    private final Cluster cluster;
    private final Ledger ledger;
    private final Tally tally = new Tally();
    private final Following outcomes;
    private final Following alerts;
    private final Following deadLetters;

    public Watch(Cluster cluster, Ledger ledger) {
        this.cluster = cluster;
        this.ledger = ledger;
        outcomes = cluster.reader().follow(cluster.topics().scanOutcomes(), true, entry -> tally.add(entry.value()));
        alerts =
                cluster.reader().follow(cluster.topics().infringementAlerts(), true, entry -> tally.add(entry.value()));
        deadLetters = cluster.reader()
                .follow(cluster.topics().deadLetters(), true, entry -> tally.addDeadLetter(entry.key()));
    }

    /** Uploads that have no outcome yet. */
    public long unanswered() {
        return ledger.uploads().keySet().stream()
                .filter(id -> tally.outcomesOf(id).isEmpty())
                .count();
    }

    /** Alerts that are due and not there yet, and dead letters. */
    public long outstanding() {
        long missing = ledger.uploads().entrySet().stream()
                .mapToLong(upload -> upload.getValue().matches().stream()
                        .filter(match -> !tally.alertsOf(upload.getKey()).contains(match))
                        .count())
                .sum();
        var letters = new HashSet<>(ledger.poisons());
        letters.removeAll(tally.deadLetters());
        return missing + letters.size();
    }

    /** Waits until all that was published has passed all stages; false if the time is over first, or the brokers do not answer. */
    public boolean awaitDrained(Duration timeout) throws InterruptedException {
        try (Admin admin = cluster.admin()) {
            return new Drain(admin, cluster.settings()).await(timeout);
        } catch (KafkaException e) {
            return false;
        }
    }

    /** Compares what is in the topics now, read from their beginnings, with the ledger. */
    public Reckoning reckonAll() {
        var whole = new Tally();
        cluster.reader().readAll(cluster.topics().scanOutcomes()).forEach(entry -> whole.add(entry.value()));
        cluster.reader().readAll(cluster.topics().infringementAlerts()).forEach(entry -> whole.add(entry.value()));
        cluster.reader().readAll(cluster.topics().deadLetters()).forEach(entry -> whole.addDeadLetter(entry.key()));
        return Audit.of(ledger, whole, cluster);
    }

    /** Compares what was seen as it came, for topics that do not keep all, with the ledger. */
    public Reckoning reckonSeen() {
        return Audit.of(ledger, tally, cluster);
    }

    @Override
    public void close() {
        outcomes.close();
        alerts.close();
        deadLetters.close();
    }
}

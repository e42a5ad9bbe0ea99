package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.operate.transaction.OpenTransaction;
import io.weighbridge.app.operate.transaction.OpenTransactions;
import java.time.Clock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Whether a transaction that nobody ends keeps readers of committed records back. */
record TransactionsCheck(Cluster cluster, Admin admin, Clock clock) {

    void examine(Findings findings) {
        try {
            var found = new OpenTransactions(cluster, admin, clock).find();
            found.transactions().forEach(transaction -> tell(transaction, findings));
            if (found.transactions().isEmpty()) {
                findings.ok("no transaction hangs on " + found.partitions() + " partitions"
                        + (found.hidden() == 0 ? "" : "; " + found.hidden() + " topics this user may not read"));
            }
        } catch (KafkaException e) {
            findings.warn("transactions could not be looked at: " + e.getMessage(), "see what the brokers log of it");
        }
    }

    private static void tell(OpenTransaction transaction, Findings findings) {
        switch (transaction.standing()) {
            case HANGING ->
                findings.fail(
                        transaction.text(),
                        "readers stand still there for good: `weighbridge topics transactions --abort` ends it; what it wrote"
                                + " there is never seen");
            case OVERDUE ->
                findings.warn(
                        transaction.text(),
                        "look again in a minute; if it stays, restart the broker that leads its partition of"
                                + " __transaction_state");
            case UNKNOWN ->
                findings.warn(transaction.text(), "look again as a user who may DESCRIBE every transactional id");
        }
    }
}

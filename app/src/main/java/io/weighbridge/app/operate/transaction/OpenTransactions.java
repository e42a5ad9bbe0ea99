package io.weighbridge.app.operate.transaction;

import io.weighbridge.app.client.Asking;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.schemas.RoleConfig;
import io.weighbridge.schemas.Topic;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/**
 * Finds transactions that are open on a partition of this installation and should not be, and ends them: those of its topics, of what roles
 * keep, and of the positions of groups.
 */
public record OpenTransactions(Cluster cluster, Admin admin, Clock clock) {

    private static final String POSITIONS = "__consumer_offsets";

    /**
     * What was found.
     *
     * @param transactions that are not under way, by topic and partition
     * @param partitions that were looked at
     * @param hidden topics that this user may not read, and that were not
     */
    public record Found(List<OpenTransaction> transactions, int partitions, int hidden) {

        public Found {
            transactions = List.copyOf(transactions);
        }
    }

    /** Looks twice, so that a transaction that ends meanwhile is not taken for one that never will. */
    public Found find() {
        var topics = topics();
        var readable = topics.stream().filter(OpenTransactions::isReadable).toList();
        var partitions = readable.stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
        var suspects = suspects(open(partitions));
        var again = open(suspects.stream().map(OpenTransaction::partition).toList());
        var found = suspects.stream()
                .filter(one -> again.get(one.partition()).stream().anyMatch(one::isStill))
                .sorted(Comparator.comparing(
                                (OpenTransaction one) -> one.partition().topic())
                        .thenComparing(one -> one.partition().partition())
                        .thenComparing(OpenTransaction::offset))
                .toList();
        return new Found(found, partitions.size(), topics.size() - readable.size());
    }

    /**
     * Aborts one, on its partition: readers go on, and never see what it wrote there.
     *
     * @throws org.apache.kafka.common.errors.ClusterAuthorizationException if this user may not ALTER the cluster
     */
    public void abort(OpenTransaction transaction) {
        Asking.get(admin.abortTransaction(transaction.spec()).all());
    }

    private Collection<TopicDescription> topics() {
        String prefix = RoleConfig.applicationPrefix(cluster.settings()) + "-";
        var ours = cluster.topics().all().stream().map(Topic::name).collect(Collectors.toCollection(TreeSet::new));
        var names = Asking.get(
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
        var looked = names.stream()
                .filter(name -> ours.contains(name) || name.startsWith(prefix) || name.equals(POSITIONS))
                .toList();
        var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        return Asking.get(admin.describeTopics(looked, options).allTopicNames()).values();
    }

    /** Brokers without ACLs do not tell. */
    private static boolean isReadable(TopicDescription topic) {
        return topic.authorizedOperations() == null
                || topic.authorizedOperations().contains(AclOperation.READ);
    }

    /** The producers that have a transaction open, by partition. */
    private Map<TopicPartition, List<ProducerState>> open(Collection<TopicPartition> partitions) {
        var open = new HashMap<TopicPartition, List<ProducerState>>();
        Asking.get(admin.describeProducers(Set.copyOf(partitions)).all())
                .forEach((partition, state) -> open.put(
                        partition,
                        state.activeProducers().stream()
                                .filter(producer ->
                                        producer.currentTransactionStartOffset().isPresent())
                                .toList()));
        return open;
    }

    private List<OpenTransaction> suspects(Map<TopicPartition, List<ProducerState>> open) {
        var producers = open.values().stream()
                .flatMap(List::stream)
                .map(ProducerState::producerId)
                .collect(Collectors.toSet());
        var suspects = new ArrayList<OpenTransaction>();
        if (!producers.isEmpty()) {
            var coordinators = coordinators(producers);
            var now = clock.instant();
            open.forEach((partition, states) -> states.stream()
                    .filter(producer -> !coordinators.isUnderWay(partition, producer, now))
                    .forEach(producer -> suspects.add(coordinators.judge(partition, producer))));
        }
        return suspects;
    }

    private Coordinators coordinators(Set<Long> producers) {
        var options = new ListTransactionsOptions().filterProducerIds(producers);
        var ids = Asking.get(admin.listTransactions(options).all()).stream()
                .collect(Collectors.toMap(
                        TransactionListing::producerId, TransactionListing::transactionalId, (one, other) -> one));
        var described = admin.describeTransactions(ids.values());
        var byProducer = new HashMap<Long, TransactionDescription>();
        ids.forEach((producer, id) -> {
            try {
                byProducer.put(producer, Asking.get(described.description(id)));
            } catch (TransactionalIdNotFoundException e) {
                // Forgotten since it was listed.
            }
        });
        return new Coordinators(byProducer, ids, this::seesAllIds);
    }

    /** Lists leave out what a user may not see; a question about an id that there cannot be is refused then. */
    private boolean seesAllIds() {
        String nobody = "nobody-" + UUID.randomUUID();
        try {
            Asking.get(admin.describeTransactions(Set.of(nobody)).description(nobody));
            return true;
        } catch (TransactionalIdNotFoundException e) {
            return true;
        } catch (TransactionalIdAuthorizationException e) {
            return false;
        }
    }
}

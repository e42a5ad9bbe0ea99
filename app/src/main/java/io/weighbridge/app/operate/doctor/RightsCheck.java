package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.client.Asking;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.operate.acl.Grant;
import io.weighbridge.app.operate.acl.Grants;
import io.weighbridge.app.operate.acl.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/**
 * Whether the user of the settings may do what a party does. Brokers tell a user's own rights on what exists; of names that begin in some
 * way only an example can be asked for.
 */
record RightsCheck(Cluster cluster, Admin admin, Party party) {

    private static final String EXAMPLE = "doctor";

    void examine(Findings findings) {
        var missing = new ArrayList<String>();
        List<Grant> grants = Grants.of(party, cluster.settings());
        int unknown = 0;
        for (Grant grant : grants) {
            try {
                var allowed = allowed(grant);
                unknown += allowed.isPresent() ? 0 : 1;
                var lacking = new TreeSet<>(grant.operations());
                lacking.removeAll(allowed.orElse(grant.operations()));
                if (!lacking.isEmpty()) {
                    missing.add(lacking + " of " + name(grant));
                }
            } catch (AuthorizationException e) {
                missing.add(grant.inOrder() + " of " + name(grant));
            } catch (KafkaException e) {
                findings.warn(name(grant) + ": " + e.getMessage(), "see what the brokers log of it");
            }
        }
        missing.forEach(lack -> findings.fail(
                "as " + party.id() + " this user lacks " + lack,
                "let whoever may give rights run what `weighbridge topics acls --for " + party.id() + "` prints"));
        if (missing.isEmpty()) {
            findings.ok("this user may do what " + party.id() + " does, on " + (grants.size() - unknown) + " of "
                    + grants.size() + " resources; the others are not there yet");
        }
    }

    /** What this user may do with it; empty if there is nothing yet that could be asked for. */
    private Optional<Set<AclOperation>> allowed(Grant grant) {
        try {
            return switch (grant.type()) {
                case TOPIC -> grant.pattern() == PatternType.LITERAL ? ofTopic(grant.name()) : ofTopics(grant);
                case GROUP -> ofGroup(grant.pattern() == PatternType.LITERAL ? grant.name() : grant.name() + EXAMPLE);
                case TRANSACTIONAL_ID -> ofTransactions(grant);
                case CLUSTER -> ofCluster();
                default -> Optional.empty();
            };
        } catch (UnknownTopicOrPartitionException | GroupIdNotFoundException e) {
            return Optional.empty();
        }
    }

    private Optional<Set<AclOperation>> ofTopic(String name) {
        var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
        var allowed = Asking.get(admin.describeTopics(List.of(name), options).allTopicNames())
                .get(name)
                .authorizedOperations();
        return Optional.ofNullable(allowed).map(this::withCreate);
    }

    /** Creating is not a right on a topic that is there, so the brokers do not tell of it; whoever needs it finds out when it is missing. */
    private Set<AclOperation> withCreate(Set<AclOperation> allowed) {
        var all = new TreeSet<>(allowed);
        all.add(AclOperation.CREATE);
        return all;
    }

    /** By one that is there, and, where topics are made, by one that is not made after all. */
    private Optional<Set<AclOperation>> ofTopics(Grant grant) {
        if (grant.operations().contains(AclOperation.CREATE)) {
            var example = new NewTopic(grant.name() + EXAMPLE + "-changelog", Optional.of(1), Optional.empty());
            Asking.get(admin.createTopics(List.of(example), new CreateTopicsOptions().validateOnly(true))
                    .all());
        }
        var there = Asking.get(admin.listTopics().names()).stream()
                .filter(name -> name.startsWith(grant.name()))
                .findFirst();
        return there.flatMap(this::ofTopic);
    }

    private Optional<Set<AclOperation>> ofGroup(String name) {
        var options = new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true);
        return Optional.ofNullable(
                Asking.get(admin.describeConsumerGroups(List.of(name), options).all())
                        .get(name)
                        .authorizedOperations());
    }

    /** Brokers tell of a transactional id only whether it may be seen, which comes with the right to use it. */
    private Optional<Set<AclOperation>> ofTransactions(Grant grant) {
        String id = grant.pattern() == PatternType.LITERAL ? grant.name() : grant.name() + EXAMPLE;
        try {
            Asking.get(admin.describeTransactions(List.of(id)).all());
        } catch (TransactionalIdNotFoundException e) {
            // Seen, and not there.
        }
        return Optional.of(Set.of(AclOperation.DESCRIBE, AclOperation.WRITE));
    }

    private Optional<Set<AclOperation>> ofCluster() {
        var options = new DescribeClusterOptions().includeAuthorizedOperations(true);
        return Optional.ofNullable(Asking.get(admin.describeCluster(options).authorizedOperations()));
    }

    private static String name(Grant grant) {
        if (grant.type() == ResourceType.CLUSTER) {
            return "the cluster";
        }
        String kind = grant.type() == ResourceType.TRANSACTIONAL_ID
                ? "transactional id"
                : grant.type().name().toLowerCase(Locale.ROOT);
        return kind + " " + grant.name() + (grant.pattern() == PatternType.PREFIXED ? "*" : "");
    }
}

package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.client.Asking;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.TopicAdmin;
import io.weighbridge.app.text.Words;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Whether topics are there, are kept as they must be, and have the copies that they are to have. */
record TopicsCheck(Cluster cluster, Admin admin, Set<String> names) {

    void examine(Findings findings) {
        try {
            var checks = new TopicAdmin(cluster).check(names);
            checks.stream()
                    .filter(check -> check.problem().isPresent())
                    .forEach(check -> findings.fail(
                            check.topic() + ": " + check.problem().get(),
                            advice(check.problem().get())));
            var good =
                    checks.stream().filter(check -> check.problem().isEmpty()).toList();
            if (!good.isEmpty()) {
                int partitions = good.get(0).partitions();
                findings.ok(good.size() + " of " + checks.size() + " are there and kept as they must be, with "
                        + Words.count(partitions, "partition"));
                var there = good.stream().map(TopicAdmin.Check::topic).toList();
                examineCopies(there, findings);
                new RetentionCheck(cluster, admin).examine(there, findings);
            }
        } catch (KafkaException e) {
            findings.fail(e.getMessage(), "see what the brokers log of it");
        }
    }

    private static String advice(String problem) {
        if (problem.startsWith("partitions")) {
            return "partitions cannot be changed while topics hold records: drain it, delete it, and run `weighbridge topics"
                    + " create --partitions N`";
        }
        return problem.contains(":") && problem.contains("expected")
                ? "set it with kafka-configs.sh --alter --entity-type topics"
                : "";
    }

    private void examineCopies(List<String> names, Findings findings) {
        Map<String, TopicDescription> topics =
                Asking.get(admin.describeTopics(names).allTopicNames());
        int brokers = Asking.get(admin.describeCluster().nodes()).size();
        var inSync = leastInSync(names);
        String unwritable = told(names, name -> leastCopies(topics.get(name)) < inSync.get(name));
        String behind = told(
                names,
                name -> topics.get(name).partitions().stream()
                        .anyMatch(partition ->
                                partition.isr().size() < partition.replicas().size()));
        String single = told(
                names, name -> topics.get(name).partitions().get(0).replicas().size() == 1);
        if (!unwritable.isEmpty()) {
            findings.fail(
                    "fewer copies in sync than min.insync.replicas: " + unwritable, "bring the missing brokers back");
        }
        if (!behind.isEmpty()) {
            findings.warn("copies not in sync: " + behind, "see that every broker runs and keeps up");
        }
        if (!single.isEmpty() && brokers > 1) {
            findings.warn(
                    "one copy only, though there are " + brokers + " brokers: " + single,
                    "raise it with kafka-reassign-partitions.sh; new ones by weighbridge.topics.replication.factor");
        }
    }

    private static String told(List<String> names, Predicate<String> which) {
        return names.stream().filter(which).collect(Collectors.joining(", "));
    }

    private static int leastCopies(TopicDescription topic) {
        return topic.partitions().stream()
                .map(partition -> partition.isr().size())
                .min(Comparator.naturalOrder())
                .orElse(0);
    }

    private Map<String, Integer> leastInSync(List<String> names) {
        var resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        return Asking.get(admin.describeConfigs(resources).all()).entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> entry.getKey().name(),
                        entry -> Integer.valueOf(entry.getValue()
                                .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                                .value())));
    }
}

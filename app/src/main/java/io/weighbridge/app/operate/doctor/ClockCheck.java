package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.client.Asking;
import io.weighbridge.app.client.Cluster;
import io.weighbridge.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ClusterAuthorizationException;

/**
 * How far this machine's clock is from the brokers', and whether any record is from the future: then its writer's clock, or this one, is
 * wrong.
 */
record ClockCheck(Cluster cluster, Admin admin, Clock clock) {

    void examine(Findings findings) {
        boolean isSeen = examineBrokers(findings);
        examineRecords(
                isSeen ? "" : "; this user may not see the brokers' own clock (DESCRIBE of the cluster)", findings);
    }

    /** The active controller tells, as the time at which it last caught up with itself, what its clock says. */
    private boolean examineBrokers(Findings findings) {
        try {
            var quorum = Asking.get(admin.describeMetadataQuorum().quorumInfo());
            quorum.voters().stream()
                    .filter(voter -> voter.replicaId() == quorum.leaderId())
                    .flatMapToLong(leader -> leader.lastCaughtUpTimestamp().stream())
                    .forEach(millis -> ClockSkew.examine("the brokers", Instant.ofEpochMilli(millis), clock, findings));
            return true;
        } catch (ClusterAuthorizationException e) {
            return false;
        } catch (KafkaException e) {
            findings.warn("the brokers' clock was not looked at: " + e.getMessage(), "");
            return true;
        }
    }

    private void examineRecords(String remark, Findings findings) {
        try {
            Instant newest = newest();
            Duration ahead = Duration.between(clock.instant(), newest);
            if (newest.equals(Instant.EPOCH)) {
                findings.ok("no record yet whose time could be looked at" + remark);
            } else if (ahead.compareTo(ClockSkew.WRONG) > 0) {
                findings.fail(
                        "the newest record is " + ahead.toSeconds() + " s ahead of this machine's clock",
                        ClockSkew.ADVICE);
            } else {
                findings.ok("no record is from the future; the newest is of " + newest + remark);
            }
        } catch (KafkaException e) {
            findings.warn("times of records were not looked at: " + e.getMessage(), "");
        }
    }

    private Instant newest() {
        var names = Asking.get(admin.listTopics().names());
        var ours = cluster.topics().all().stream()
                .map(Topic::name)
                .filter(names::contains)
                .toList();
        var wanted = new HashMap<TopicPartition, OffsetSpec>();
        Asking.get(admin.describeTopics(ours).allTopicNames())
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition -> wanted.put(
                                new TopicPartition(name, partition.partition()), OffsetSpec.maxTimestamp())));
        long newest = Asking.get(admin.listOffsets(wanted).all()).values().stream()
                .mapToLong(found -> found.timestamp())
                .max()
                .orElse(0);
        return Instant.ofEpochMilli(Math.max(0, newest));
    }
}

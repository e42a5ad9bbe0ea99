package io.weighbridge.app.sink;

import io.weighbridge.schemas.Settings;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;

/**
 * The consumer group of one test's sink.
 *
 * @param settings for a runner of this group
 * @param firstDeadLetter offset of the first dead letter that the test can have caused
 */
record AlertGroup(AlertBroker broker, Admin admin, String id, Settings settings, long firstDeadLetter) {

    /** Alerts, markers of transactions included, that the group has not committed. */
    long lag() throws Exception {
        var committed = admin.listConsumerGroupOffsets(id)
                .partitionsToOffsetAndMetadata()
                .get();
        long lag = 0;
        for (var end : broker.endOffsets().entrySet()) {
            lag += end.getValue() - committed.get(end.getKey()).offset();
        }
        return lag;
    }

    /** The id of its only member; empty while there is none, or more than one. */
    String onlyMember() throws Exception {
        List<MemberDescription> members = List.copyOf(members());
        return members.size() == 1 ? members.get(0).consumerId() : "";
    }

    long membersWithPartitions() throws Exception {
        return members().stream()
                .filter(member -> !member.assignment().topicPartitions().isEmpty())
                .count();
    }

    private Collection<MemberDescription> members() throws Exception {
        return admin.describeConsumerGroups(List.of(id)).all().get().get(id).members();
    }
}

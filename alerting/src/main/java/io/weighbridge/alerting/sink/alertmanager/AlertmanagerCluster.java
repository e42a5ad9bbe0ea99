package io.weighbridge.alerting.sink.alertmanager;

import static io.weighbridge.schemas.LogEvent.event;

import io.weighbridge.alerting.sink.Delivery;
import java.io.IOException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances of one cluster. They tell each other what they have sent, but not which alerts they have, so each gets every alert; one that
 * takes it is enough.
 */
final class AlertmanagerCluster {

    private static final Logger LOG = LoggerFactory.getLogger(AlertmanagerCluster.class);
    private static final Delivery DELIVERED = new Delivery.Delivered();

    private final List<Member> members;
    private final Map<String, String> headers;
    private final Clock clock;

    AlertmanagerCluster(List<Member> members, Map<String, String> headers, Clock clock) {
        this.members = List.copyOf(members);
        this.headers = headers;
        this.clock = clock;
    }

    /** Where its instances are. */
    String origins() {
        return members.stream().map(Member::origin).collect(Collectors.joining(", "));
    }

    /**
     * Sends once to every instance.
     *
     * @throws IOException if none has taken it and one may do so later
     */
    Delivery send(byte[] json) throws IOException, InterruptedException {
        boolean isTaken = false;
        Delivery refusal = null;
        IOException failure = null;
        for (Member member : restingLast()) {
            if (isTaken && member.isResting(clock.instant())) {
                continue;
            }
            try {
                Delivery answer = member.send(json, headers, clock.instant());
                if (answer.equals(DELIVERED)) {
                    isTaken = true;
                } else {
                    refusal = answer;
                    note(member, answer);
                }
            } catch (IOException e) {
                failure = e;
                note(member, e);
            }
        }
        if (!isTaken && failure != null) {
            throw failure;
        }
        return isTaken ? DELIVERED : refusal;
    }

    /** The failure of an only instance is the failure of the attempt, which is logged as such. */
    private void note(Member member, Object answer) {
        if (members.size() > 1) {
            LOG.warn(
                    event("sink.alertmanager.refused"),
                    "alertmanager at {} has not taken an alert: {}",
                    member.origin(),
                    answer);
        }
    }

    private List<Member> restingLast() {
        var now = clock.instant();
        return members.stream()
                .sorted(Comparator.comparing(member -> member.isResting(now)))
                .toList();
    }
}

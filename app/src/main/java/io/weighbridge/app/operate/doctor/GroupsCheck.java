package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.client.Gateway;
import io.weighbridge.app.client.GroupLag;
import io.weighbridge.app.client.GroupState;
import io.weighbridge.app.client.Groups;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.text.Words;
import java.time.Clock;
import java.util.List;

/** Whether each role runs somewhere, and how far it is behind. */
record GroupsCheck(Cluster cluster, Clock clock, List<Role> roles) {

    /** What a role that runs has in hand at a busy time; more than that it does not keep up with. */
    private static final long MUCH = 10_000;

    void examine(Findings findings) {
        try (var gateway = new Gateway(cluster.settings())) {
            var groups = new Groups(gateway, clock);
            var snapshot = groups.snapshot();
            if (snapshot.problem() != null) {
                findings.warn(
                        "nothing is known of them: " + snapshot.problem(), "see that this user may describe groups");
                return;
            }
            for (Role role : roles) {
                examine(role, groups.ofRole(role.id()), snapshot, findings);
            }
            snapshot.states().stream()
                    .filter(group -> group.group().contains("-sink-"))
                    .forEach(group -> examine("sink", group, snapshot, findings));
        }
    }

    private static void examine(Role role, String name, Groups.Snapshot snapshot, Findings findings) {
        snapshot.states().stream()
                .filter(group -> group.group().equals(name))
                .findFirst()
                .ifPresentOrElse(
                        group -> examine(role.id(), group, snapshot, findings),
                        () -> findings.warn(
                                role.id() + " has not run yet (group " + name + ")",
                                "start it: `weighbridge run " + role.id() + "`"));
    }

    private static void examine(String what, GroupState group, Groups.Snapshot snapshot, Findings findings) {
        long lag = snapshot.lags().stream()
                .filter(of -> of.group().equals(group.group()))
                .mapToLong(GroupLag::lag)
                .sum();
        String text = what + ": group " + group.group() + " is " + group.state() + ", "
                + Words.count(group.members(), "member") + ", " + Words.count(lag, "record") + " behind";
        if (group.members() == 0) {
            findings.warn(text, "nothing of it runs: start it");
        } else if (!group.state().equals("Stable")) {
            findings.warn(text, "look again in a minute; a group that never settles has members that come and go");
        } else if (lag > MUCH) {
            findings.warn(text, "see whether it gets less; start more of the role, or see what its log tells");
        } else {
            findings.ok(text);
        }
    }
}

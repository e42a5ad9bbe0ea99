package io.weighbridge.app.operate.doctor;

import io.weighbridge.app.client.Cluster;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.RoleTopics;
import io.weighbridge.app.operate.acl.Party;
import io.weighbridge.schemas.Settings;
import io.weighbridge.schemas.Topic;
import io.weighbridge.schemas.Topics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/**
 * All checks, in an order in which the first thing that is wrong comes first.
 *
 * @param roles whose settings and topics are looked at
 * @param party whose rights the user of the settings is to have
 * @param data folder that a role's process keeps its state in, unless the settings say otherwise
 * @param management where a process tells its health, if one is to be asked
 */
public record Doctor(
        Settings settings, List<Role> roles, Party party, Path data, Optional<URI> management, Clock clock) {

    /** Nobody waits a minute for a check. */
    private static final Map<String, String> HURRY =
            Map.of("default.api.timeout.ms", "10000", "request.timeout.ms", "8000");

    public Doctor {
        roles = List.copyOf(roles);
    }

    /** Looks at everything; tells each finding as it is made. Does not throw for what it finds. */
    public void examine(Consumer<Finding> told) {
        new MachineCheck(settings, data).examine(told);
        if (!new SettingsCheck(settings, roles).examine(told)) {
            return;
        }
        new DiskCheck(settings, roles, data).examine(told);
        examineCluster(told);
        new RegistryCheck(settings, clock).examine(told);
        management.ifPresent(address -> new ProcessCheck(address, clock).examine(new Findings("process", told)));
    }

    /** Those of one role, or all, the page's too. */
    private Set<String> topics() {
        return party.role().isPresent()
                ? RoleTopics.ofAll(roles, settings)
                : Topics.of(settings).all().stream().map(Topic::name).collect(Collectors.toSet());
    }

    private void examineCluster(Consumer<Finding> told) {
        var patient = new TreeMap<>(HURRY);
        patient.replaceAll((name, value) -> settings.text(name, value));
        var cluster = Cluster.of(settings.with(patient));
        var brokers = new Findings("broker", told);
        try (Admin admin = cluster.admin()) {
            if (!new BrokerCheck(cluster, admin).examine(brokers)) {
                brokers.warn("topics, rights and groups were not looked at, since no broker answers", "");
                return;
            }
            new TopicsCheck(cluster, admin, topics()).examine(new Findings("topics", told));
            new RightsCheck(cluster, admin, party).examine(new Findings("rights", told));
            new TransactionsCheck(cluster, admin, clock).examine(new Findings("hanging", told));
            new GroupsCheck(cluster, clock, roles).examine(new Findings("groups", told));
            new ClockCheck(cluster, admin, clock).examine(new Findings("clock", told));
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            brokers.fail("no client can be made: " + cause.getMessage(), "mend the Kafka settings (--config)");
        }
    }
}

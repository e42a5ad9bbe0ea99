package io.weighbridge.app.chaos.site;

import io.weighbridge.app.life.Role;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an installation is made of.
 *
 * @param instances of each role
 * @param roleSettings over those that every role gets
 * @param brokerSettings over those of the embedded broker
 * @param environment variables of every process but the broker
 * @param brokerEnvironment variables of the broker
 * @param brokerData folder of the broker's data; empty for one beside the others
 * @param roleData folder of the data of the first instance of a role; the others' are beside one another
 */
public record SitePlan(
        Map<Role, Integer> instances,
        Map<String, String> roleSettings,
        Map<String, String> brokerSettings,
        Map<String, String> environment,
        Map<String, String> brokerEnvironment,
        Optional<Path> brokerData,
        Map<Role, Path> roleData) {

    public SitePlan {
        instances = Map.copyOf(instances);
        roleSettings = Map.copyOf(roleSettings);
        brokerSettings = Map.copyOf(brokerSettings);
        environment = Map.copyOf(environment);
        brokerEnvironment = Map.copyOf(brokerEnvironment);
        roleData = Map.copyOf(roleData);
    }

    /** So many instances of each role. */
    public static SitePlan ofEach(int instances) {
        return new SitePlan(
                Map.of(Role.HASHER, instances, Role.MATCHER, instances, Role.ALERTING, instances),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Map.of());
    }

    public SitePlan withRoleSettings(Map<String, String> more) {
        return new SitePlan(
                instances,
                merged(roleSettings, more),
                brokerSettings,
                environment,
                brokerEnvironment,
                brokerData,
                roleData);
    }

    public SitePlan withBrokerSettings(Map<String, String> more) {
        return new SitePlan(
                instances,
                roleSettings,
                merged(brokerSettings, more),
                environment,
                brokerEnvironment,
                brokerData,
                roleData);
    }

    public SitePlan withEnvironment(Map<String, String> more) {
        return new SitePlan(
                instances,
                roleSettings,
                brokerSettings,
                merged(environment, more),
                brokerEnvironment,
                brokerData,
                roleData);
    }

    public SitePlan withBrokerEnvironment(Map<String, String> more) {
        return new SitePlan(
                instances,
                roleSettings,
                brokerSettings,
                environment,
                merged(brokerEnvironment, more),
                brokerData,
                roleData);
    }

    public SitePlan withBrokerData(Path folder) {
        return new SitePlan(
                instances, roleSettings, brokerSettings, environment, brokerEnvironment, Optional.of(folder), roleData);
    }

    public SitePlan withRoleData(Role role, Path folder) {
        var changed = new HashMap<>(roleData);
        changed.put(role, folder);
        return new SitePlan(
                instances, roleSettings, brokerSettings, environment, brokerEnvironment, brokerData, changed);
    }

    private static Map<String, String> merged(Map<String, String> some, Map<String, String> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }
}

package io.weighbridge.app.chaos.site;

import io.weighbridge.app.life.Role;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What an installation is made of. Changed by copies. */
public final class SitePlan {

    private final Map<Role, Integer> instances;
    private final Map<String, String> roleSettings = new HashMap<>();
    private final Map<String, String> brokerSettings = new HashMap<>();
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> brokerEnvironment = new HashMap<>();
    private final Map<Role, Path> roleData = new HashMap<>();
    private int nodes = 1;
    private Path brokerData;
    private Path olderJar;

    private SitePlan(Map<Role, Integer> instances) {
        this.instances = Map.copyOf(instances);
    }

    /** So many instances of each role. */
    public static SitePlan ofEach(int instances) {
        return new SitePlan(Map.of(Role.HASHER, instances, Role.MATCHER, instances, Role.ALERTING, instances));
    }

    /** With more settings, over those that every role gets. */
    public SitePlan withRoleSettings(Map<String, String> more) {
        return changed(copy -> copy.roleSettings.putAll(more));
    }

    /** With more settings, over those of the embedded broker. */
    public SitePlan withBrokerSettings(Map<String, String> more) {
        return changed(copy -> copy.brokerSettings.putAll(more));
    }

    /** With more variables of every process but the broker. */
    public SitePlan withEnvironment(Map<String, String> more) {
        return changed(copy -> copy.environment.putAll(more));
    }

    /** With more variables of the broker. */
    public SitePlan withBrokerEnvironment(Map<String, String> more) {
        return changed(copy -> copy.brokerEnvironment.putAll(more));
    }

    /** With three brokers that hold copies for one another, two of which every write waits for; else it is the embedded one. */
    public SitePlan withThreeBrokers() {
        return changed(copy -> copy.nodes = 3);
    }

    /** With a folder for the broker's data; else it is beside the others. */
    public SitePlan withBrokerData(Path folder) {
        return changed(copy -> copy.brokerData = folder);
    }

    /** With a folder for the data of the first instance of a role; those of the others are beside one another. */
    public SitePlan withRoleData(Role role, Path folder) {
        return changed(copy -> copy.roleData.put(role, folder));
    }

    /** With roles that begin as this build of an older version; else they are this version. */
    public SitePlan withOlderJar(Path jar) {
        return changed(copy -> copy.olderJar = jar);
    }

    int instances(Role role) {
        return instances.getOrDefault(role, 0);
    }

    Map<String, String> roleSettings() {
        return roleSettings;
    }

    Map<String, String> brokerSettings() {
        return brokerSettings;
    }

    Map<String, String> environment() {
        return environment;
    }

    Map<String, String> brokerEnvironment() {
        return brokerEnvironment;
    }

    int nodes() {
        return nodes;
    }

    Optional<Path> brokerData() {
        return Optional.ofNullable(brokerData);
    }

    Optional<Path> roleData(Role role) {
        return Optional.ofNullable(roleData.get(role));
    }

    Optional<Path> olderJar() {
        return Optional.ofNullable(olderJar);
    }

    private SitePlan changed(Consumer<SitePlan> change) {
        var copy = new SitePlan(instances);
        copy.roleSettings.putAll(roleSettings);
        copy.brokerSettings.putAll(brokerSettings);
        copy.environment.putAll(environment);
        copy.brokerEnvironment.putAll(brokerEnvironment);
        copy.roleData.putAll(roleData);
        copy.nodes = nodes;
        copy.brokerData = brokerData;
        copy.olderJar = olderJar;
        change.accept(copy);
        return copy;
    }
}

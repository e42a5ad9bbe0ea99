package io.weighbridge.app.secured;

import io.weighbridge.app.embedded.Broker;
import io.weighbridge.app.embedded.SchemaRegistry;
import io.weighbridge.app.operate.acl.Grant;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A broker behind TLS that knows its users by SCRAM and lets them do what ACLs say, and a registry under a user of its own. */
public final class SecuredCluster implements AutoCloseable {

    private static final String SUPER_USER = "broker";
    private static final String REGISTRY_USER = "registry";

    private final Path folder;
    private final KeyStores stores;
    private final String superSecret;
    private final Map<String, String> secrets = new HashMap<>();
    private final Broker broker;
    private final Admin admin;
    private SchemaRegistry registry;

    private SecuredCluster(Path folder, KeyStores stores, String superSecret, Broker broker) {
        this.folder = folder;
        this.stores = stores;
        this.superSecret = superSecret;
        this.broker = broker;
        admin = Admin.create(clientOf(SUPER_USER));
    }

    /** Starts broker and registry; nobody may do anything yet but the registry. */
    public static SecuredCluster start(Path folder) throws Exception {
        var stores = KeyStores.make(Files.createDirectories(folder.resolve("keys")), "CN=broker");
        String secret = KeyStores.secret();
        var broker = Broker.start(folder.resolve("broker"), 0, brokerSettings(stores, secret));
        var cluster = new SecuredCluster(folder, stores, secret, broker);
        cluster.addUser(REGISTRY_USER);
        cluster.admin
                .createAcls(List.of(
                        ofRegistry(AclOperation.CREATE), ofRegistry(AclOperation.READ), ofRegistry(AclOperation.WRITE)))
                .all()
                .get();
        cluster.registry = SchemaRegistry.start(cluster.clientOf(REGISTRY_USER), 0);
        return cluster;
    }

    private static AclBinding ofRegistry(AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, "_schemas", PatternType.LITERAL),
                new AccessControlEntry("User:" + REGISTRY_USER, "*", operation, AclPermissionType.ALLOW));
    }

    private static Map<String, String> brokerSettings(KeyStores stores, String secret) {
        String plain = "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + SUPER_USER
                + "\" password=\"" + secret + "\" user_" + SUPER_USER + "=\"" + secret + "\";";
        var settings = new HashMap<String, String>();
        settings.put("listener.security.protocol.map", "BROKER:SASL_SSL,CONTROLLER:SASL_SSL");
        settings.put("sasl.enabled.mechanisms", "SCRAM-SHA-512,PLAIN");
        settings.put("listener.name.controller.sasl.enabled.mechanisms", "PLAIN");
        settings.put("sasl.mechanism.inter.broker.protocol", "PLAIN");
        settings.put("sasl.mechanism.controller.protocol", "PLAIN");
        settings.put("listener.name.broker.plain.sasl.jaas.config", plain);
        settings.put("listener.name.controller.plain.sasl.jaas.config", plain);
        settings.put(
                "listener.name.broker.scram-sha-512.sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required;");
        settings.putAll(stores.showing());
        settings.putAll(stores.trusting());
        settings.put("authorizer.class.name", AccessRecorder.class.getName());
        settings.put("super.users", "User:" + SUPER_USER);
        return settings;
    }

    /** Lets a user log in; it may do nothing yet. */
    public void addUser(String user) throws ExecutionException, InterruptedException {
        String secret = KeyStores.secret();
        secrets.put(user, secret);
        var credential = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096);
        admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(user, credential, secret)))
                .all()
                .get();
    }

    /** Gives a user rights. */
    public void allow(String user, Collection<Grant> grants) throws ExecutionException, InterruptedException {
        admin.createAcls(grants.stream()
                        .flatMap(grant -> grant.bindings("User:" + user).stream())
                        .toList())
                .all()
                .get();
    }

    /** Takes one right from a user. */
    public void forbid(AclBinding binding) throws ExecutionException, InterruptedException {
        admin.deleteAcls(List.of(binding.toFilter())).all().get();
    }

    /** The cluster as a user with every right sees it. */
    public Admin admin() {
        return admin;
    }

    /** Where everything is, and who this is. */
    public Settings settingsOf(String user) {
        var settings = new TreeMap<String, String>();
        clientOf(user).forEach((name, value) -> settings.put(name, value.toString()));
        settings.put("schema.registry.url", registry.url());
        settings.put("state.dir", folder.resolve("state-of-" + user).toString());
        return new Settings(settings);
    }

    /** The same as a file for {@code --config}. */
    public Path configOf(String user) throws IOException {
        var properties = new Properties();
        properties.putAll(settingsOf(user).kafka());
        Path file = folder.resolve(user + ".properties");
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return file;
    }

    private Map<String, Object> clientOf(String user) {
        boolean isSuper = user.equals(SUPER_USER);
        String module = isSuper ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        var client = new HashMap<String, Object>();
        client.put("bootstrap.servers", broker.bootstrapServers());
        client.put("security.protocol", "SASL_SSL");
        client.putAll(stores.trusting());
        client.put("sasl.mechanism", isSuper ? "PLAIN" : "SCRAM-SHA-512");
        client.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security." + module + " required username=\"" + user + "\" password=\""
                        + (isSuper ? superSecret : secrets.get(user)) + "\";");
        return client;
    }

    @Override
    public void close() throws IOException {
        if (registry != null) {
            registry.close();
        }
        admin.close();
        broker.close();
    }
}

package io.weighbridge.app.secured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.weighbridge.app.cli.settings.GivenSettings;
import io.weighbridge.app.demo.DemoSet;
import io.weighbridge.app.embedded.Broker;
import io.weighbridge.app.embedded.SchemaRegistry;
import io.weighbridge.app.life.Role;
import io.weighbridge.app.life.Roles;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker that knows its users by their certificates. */
class ClientCertificateTest {

    private static final String ADMIN = "CN=admin,O=A Company,C=DE";
    private static final String HASHER = "CN=hasher,O=A Company,C=DE";
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private KeyStores brokers;
    private Broker broker;
    private SchemaRegistry registry;

    @BeforeEach
    void start() throws Exception {
        brokers = keys("broker", "CN=broker");
        KeyStores ofAdmin = known("admin", ADMIN);
        KeyStores ofHasher = known("hasher", HASHER);
        var settings = new HashMap<>(brokers.trusting());
        settings.putAll(brokers.showing());
        settings.put("listener.security.protocol.map", "BROKER:SSL,CONTROLLER:SSL");
        settings.put("ssl.client.auth", "required");
        settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
        settings.put("super.users", "User:CN=broker;User:" + ADMIN);
        broker = Broker.start(folder.resolve("data"), 0, settings);
        registry = SchemaRegistry.start(new HashMap<>(client(ofAdmin.trusting(), ofAdmin.showing())), 0);
        write("admin", client(ofAdmin.trusting(), ofAdmin.showing()));
        write("hasher", client(ofHasher.trusting(), ofHasher.showing()));
        write("nobody", client(brokers.trusting(), Map.of()));
    }

    @AfterEach
    void stop() throws IOException {
        registry.close();
        broker.close();
    }

    @Test
    void shouldWorkByCertificateAndTellWhenItIsMissing() throws Exception {
        run(0, "admin", "topics", "create", "--partitions", "1");
        assertThat(run(1, "hasher", "doctor", "--role", "hasher")).contains("as hasher this user lacks [");
        String printed = run(0, "hasher", "topics", "acls", "--principal", "hasher=User:" + HASHER + ",hub=User:hub");
        assertThat(printed).contains("# hub");
        Prompt.giveRights(printed, config("admin"));
        assertThat(run(0, "hasher", "doctor", "--role", "hasher")).contains("this user may do what hasher does");
        shouldHash();

        assertThat(run(1, "nobody", "doctor", "--role", "hasher"))
                .contains("FAIL  broker", ": TLS: ")
                .contains("where brokers ask for a certificate, ours in ssl.keystore.location");
    }

    private void shouldHash() throws Exception {
        DemoSet.load().extractTo(folder.resolve("models"));
        Settings settings = GivenSettings.ofFile(config("hasher"))
                .settings()
                .with(Map.of("state.dir", folder.resolve("state").toString(), "weighbridge.fetch.file.roots", "/"));
        try (var roles = Roles.start(Set.of(Role.HASHER), settings, new SimpleMeterRegistry())) {
            assertThat(roles.awaitReady(LONG)).isTrue();
            String model = folder.resolve("models/lenet-original.zip").toString();
            run(0, "admin", "upload", model, "--repo", "olivia/own");
            await().atMost(LONG).until(() -> run(0, "admin", "scans", "ls").contains("olivia/own"));
        }
    }

    private KeyStores keys(String name, String distinguishedName) throws Exception {
        return KeyStores.make(Files.createDirectories(folder.resolve(name)), distinguishedName);
    }

    private KeyStores known(String name, String distinguishedName) throws Exception {
        var client = keys(name, distinguishedName);
        client.trust("broker", brokers);
        brokers.trust(name, client);
        return client;
    }

    private Map<String, String> client(Map<String, String> trusting, Map<String, String> showing) {
        var client = new HashMap<>(trusting);
        client.putAll(showing);
        client.put("bootstrap.servers", broker.bootstrapServers());
        client.put("security.protocol", "SSL");
        return client;
    }

    private void write(String name, Map<String, String> client) throws IOException {
        var properties = new Properties();
        properties.putAll(client);
        properties.put("schema.registry.url", registry.url());
        try (var out = Files.newBufferedWriter(config(name))) {
            properties.store(out, null);
        }
    }

    private Path config(String name) {
        return folder.resolve(name + ".properties");
    }

    private String run(int expectedExit, String name, String... arguments) {
        return Prompt.run(expectedExit, config(name), arguments);
    }
}

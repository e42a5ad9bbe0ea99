package io.weighbridge.app.cli;

import io.weighbridge.app.cli.settings.GivenSettings;
import io.weighbridge.app.client.Api;
import io.weighbridge.app.http.access.FirstToken;
import io.weighbridge.app.life.Ports;
import io.weighbridge.schemas.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which cluster a command talks to: by default the one that {@code weighbridge up} runs on this machine. */
public final class ClusterOptions {

    /** Where {@code up} leaves its first token unless told otherwise; shown to no server but the local one. */
    private static final Path FIRST_TOKEN = Path.of(".weighbridge", FirstToken.FILE);

    /** Where a value comes from that nobody gave. */
    private static final String LOCAL = "weighbridge up";

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT,...",
            description = "Kafka brokers. Default: those of `weighbridge up`. Also WEIGHBRIDGE_BOOTSTRAP_SERVERS.")
    private String bootstrapServers;

    @Option(
            names = "--schema-registry",
            paramLabel = "URL",
            description = "Schema registry. Default: that of `weighbridge up`. Also WEIGHBRIDGE_SCHEMA_REGISTRY.")
    private String schemaRegistry;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            defaultValue = "${env:WEIGHBRIDGE_CONFIG}",
            description = "Properties file: plain Kafka client settings (TLS, SASL) and weighbridge.* settings.")
    private Path config;

    @Option(
            names = "--port",
            paramLabel = "P",
            defaultValue = "${env:WEIGHBRIDGE_PORT:-" + Ports.DEFAULT + "}",
            description = "Port given to `weighbridge up`, if it is that which is meant. Default: ${DEFAULT-VALUE}.")
    private int port;

    /**
     * All settings: options over environment over file over the local stack.
     *
     * @throws IllegalArgumentException naming each that there is not
     */
    public Settings settings() {
        var settings = settingsOfProcess();
        settings.check();
        return settings;
    }

    /** The same for a process, which tells what is wrong with names together with what its parts find wrong with values. */
    public Settings settingsOfProcess() {
        return settingsOfStack(Ports.from(port));
    }

    /** The same where the cluster is at the given ports, for a process that is the cluster. */
    public Settings settingsOfStack(Ports ports) {
        return given(ports).settings();
    }

    /** Whether these settings lead to the stack that `weighbridge up` runs on this machine. */
    public boolean isLocalStack(Settings settings) {
        return Ports.from(port).bootstrapServers().equals(settings.text("bootstrap.servers", ""));
    }

    /** The port option. */
    public int port() {
        return port;
    }

    private GivenSettings given(Ports local) {
        var given = GivenSettings.of(config);
        given.putIfAbsent("bootstrap.servers", local.bootstrapServers(), LOCAL);
        given.putIfAbsent("schema.registry.url", local.registryUrl(), LOCAL);
        given.putIfAbsent(Api.URL, local.httpUrl(), LOCAL);
        if (given.value(Api.URL).equals(local.httpUrl()) && Files.isReadable(FIRST_TOKEN)) {
            given.putIfAbsent(Api.TOKEN_FILE, FIRST_TOKEN.toString(), LOCAL);
        }
        if (bootstrapServers != null) {
            given.put("bootstrap.servers", bootstrapServers, "--bootstrap-servers");
        }
        if (schemaRegistry != null) {
            given.put("schema.registry.url", schemaRegistry, "--schema-registry");
        }
        return given;
    }
}

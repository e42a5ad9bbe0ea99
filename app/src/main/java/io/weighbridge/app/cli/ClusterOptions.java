package io.weighbridge.app.cli;

import io.weighbridge.app.client.Api;
import io.weighbridge.app.http.access.FirstToken;
import io.weighbridge.app.life.Ports;
import io.weighbridge.schemas.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** Which cluster a command talks to: by default the one that {@code weighbridge up} runs on this machine. */
public final class ClusterOptions {

    /** Where {@code up} leaves its first token unless told otherwise; shown to no server but the local one. */
    private static final Path FIRST_TOKEN = Path.of(".weighbridge", FirstToken.FILE);

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

    /** All settings: options over environment over file over the local stack. */
    public Settings settings() {
        return new Settings(merged(Ports.from(port)));
    }

    /** The same without a default cluster, for a process that is the cluster. */
    public Settings settingsOfStack(Ports ports) {
        return new Settings(merged(ports));
    }

    /** Whether these settings lead to the stack that `weighbridge up` runs on this machine. */
    public boolean isLocalStack(Settings settings) {
        return Ports.from(port).bootstrapServers().equals(settings.text("bootstrap.servers", ""));
    }

    /** The port option. */
    public int port() {
        return port;
    }

    private TreeMap<String, String> merged(Ports local) {
        var settings = new TreeMap<String, String>();
        settings.put("bootstrap.servers", local.bootstrapServers());
        settings.put("schema.registry.url", local.registryUrl());
        settings.put(Api.URL, local.httpUrl());
        settings.putAll(SettingsSource.of(config));
        if (settings.get(Api.URL).equals(local.httpUrl()) && Files.isReadable(FIRST_TOKEN)) {
            settings.putIfAbsent(Api.TOKEN_FILE, FIRST_TOKEN.toString());
        }
        if (bootstrapServers != null) {
            settings.put("bootstrap.servers", bootstrapServers);
        }
        if (schemaRegistry != null) {
            settings.put("schema.registry.url", schemaRegistry);
        }
        return settings;
    }
}

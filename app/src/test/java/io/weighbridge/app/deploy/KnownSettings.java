package io.weighbridge.app.deploy;

import io.weighbridge.alerting.sink.SinkSettings;
import io.weighbridge.schemas.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings that the program reads, found in its sources: a variable that sets nothing is a mistake. */
final class KnownSettings {

    private static final String KAFKA = "WEIGHBRIDGE_KAFKA_";

    /** Variables with names of their own, and what they set. */
    private static final Map<String, String> OWN_NAMES = Map.of(
            "WEIGHBRIDGE_BOOTSTRAP_SERVERS", "bootstrap.servers",
            "WEIGHBRIDGE_SCHEMA_REGISTRY", "schema.registry.url",
            "WEIGHBRIDGE_CONFIG", "the file of settings");

    private static final class Sources {
        private static final Set<String> SETTINGS = read();
    }

    private KnownSettings() {}

    /** Whether a variable of the environment sets something. */
    static boolean isVariable(String name) {
        if (OWN_NAMES.containsKey(name)) {
            return true;
        }
        String setting = name.toLowerCase(Locale.ROOT).replace('_', '.');
        return name.startsWith(KAFKA)
                ? isKafkas(setting.substring(KAFKA.length()))
                : Sources.SETTINGS.contains(setting) || isReadBySinks(setting);
    }

    private static boolean isKafkas(String setting) {
        return StreamsConfig.configDef().names().contains(setting)
                || ConsumerConfig.configNames().contains(setting)
                || ProducerConfig.configNames().contains(setting);
    }

    /** The names of their settings are put together, so that no source has them whole: a wrong value is refused by its name. */
    private static boolean isReadBySinks(String setting) {
        var wrong = new HashMap<>(Map.of("weighbridge.sink.webhook.url", "http://localhost/"));
        wrong.put(setting, "/no/such/file");
        try {
            SinkSettings.from(new Settings(wrong));
            return false;
        } catch (IllegalArgumentException e) {
            return e.getMessage().contains(setting + ":");
        }
    }

    private static Set<String> read() {
        var settings = new TreeSet<String>();
        try {
            for (String module : DeployFiles.found("<module>(.+)</module>", DeployFiles.ROOT.resolve("pom.xml"))) {
                for (var file : DeployFiles.below(DeployFiles.ROOT.resolve(module + "/src/main/java"), ".java")) {
                    settings.addAll(DeployFiles.found("\"(weighbridge\\.[a-z.]+)\"", file));
                    for (String prefix : DeployFiles.found(" PREFIX = \"(weighbridge\\.[a-z.]+)\"", file)) {
                        DeployFiles.found("PREFIX \\+ \"([a-z.]+)\"", file)
                                .forEach(rest -> settings.add(prefix + rest));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }
}

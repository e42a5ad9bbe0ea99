package io.weighbridge.app.deploy;

import io.weighbridge.app.cli.ProcessLog;
import io.weighbridge.app.cli.settings.Environment;
import io.weighbridge.app.cli.settings.SettingsCatalogue;
import io.weighbridge.schemas.Settings;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The variables of the environment that set something: any other in a file is a mistake. */
final class KnownSettings {

    private static final Set<String> NO_SETTINGS = Set.of("WEIGHBRIDGE_CONFIG", ProcessLog.FORMAT);
    private static final Set<String> WHERE = Set.of("bootstrap.servers", "schema.registry.url");

    private KnownSettings() {}

    /** Whether a variable sets something. */
    static boolean isVariable(String name) {
        if (NO_SETTINGS.contains(name)) {
            return true;
        }
        String setting = Environment.settingOf(name);
        return setting.startsWith(Settings.PREFIX)
                ? SettingsCatalogue.find(setting).isPresent()
                : WHERE.contains(setting) || isKafkas(setting);
    }

    private static boolean isKafkas(String setting) {
        return StreamsConfig.configDef().names().contains(setting)
                || ConsumerConfig.configNames().contains(setting)
                || ProducerConfig.configNames().contains(setting);
    }
}

package io.weighbridge.app.cli.settings;

import io.weighbridge.app.cli.ProcessLog;
import io.weighbridge.schemas.Settings;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Settings among environment variables.
 *
 * <p>{@code WEIGHBRIDGE_FETCH_MAX_BYTES} sets {@code weighbridge.fetch.max.bytes}; {@code WEIGHBRIDGE_KAFKA_SECURITY_PROTOCOL} sets Kafka's
 * {@code security.protocol}; {@code WEIGHBRIDGE_BOOTSTRAP_SERVERS} and {@code WEIGHBRIDGE_SCHEMA_REGISTRY} have names of their own.
 */
public final class Environment {

    private static final String PREFIX = "WEIGHBRIDGE_";
    private static final String KAFKA = "KAFKA_";
    private static final Map<String, String> OWN_NAMES =
            Map.of("BOOTSTRAP_SERVERS", "bootstrap.servers", "SCHEMA_REGISTRY", "schema.registry.url");

    /** Read by the start script, the logging configuration or an option. */
    static final Set<String> FOR_USERS = Set.of(
            "WEIGHBRIDGE_CLASSPATH",
            "WEIGHBRIDGE_CONFIG",
            "WEIGHBRIDGE_JAVA_OPTS",
            "WEIGHBRIDGE_LOG",
            ProcessLog.FORMAT,
            "WEIGHBRIDGE_LOG_KAFKA",
            "WEIGHBRIDGE_PORT");

    /** Read by the tests, which start processes of ours. */
    private static final Set<String> FOR_TESTS =
            Set.of("WEIGHBRIDGE_OTHER_JDKS", "WEIGHBRIDGE_REQUIRE_BROWSER", "WEIGHBRIDGE_REQUIRE_PEERS");

    /** What Kubernetes and links of containers tell of a service whose name begins with ours. */
    private static final Pattern OF_A_SERVICE = Pattern.compile(
            "WEIGHBRIDGE_(?:.+_)?(?:SERVICE_HOST|SERVICE_PORT(?:_.+)?|PORT_\\d+_(?:TCP|UDP|SCTP)(?:_.+)?)");

    private static final Pattern ADDRESS_OF_A_SERVICE = Pattern.compile("(?:tcp|udp|sctp)://.*");

    private Environment() {}

    static Map<String, Given> settings(Map<String, String> variables) {
        var settings = new TreeMap<String, Given>();
        variables.forEach((variable, value) -> {
            if (variable.startsWith(PREFIX) && !isOther(variable, value)) {
                settings.put(settingOf(variable), new Given(value, variable));
            }
        });
        return settings;
    }

    /** The setting that a variable sets. */
    public static String settingOf(String variable) {
        String name = variable.substring(PREFIX.length());
        if (OWN_NAMES.containsKey(name)) {
            return OWN_NAMES.get(name);
        }
        return name.startsWith(KAFKA) ? dotted(name.substring(KAFKA.length())) : Settings.PREFIX + dotted(name);
    }

    private static boolean isOther(String variable, String value) {
        return FOR_USERS.contains(variable)
                || FOR_TESTS.contains(variable)
                || OF_A_SERVICE.matcher(variable).matches()
                || variable.endsWith("_PORT")
                        && ADDRESS_OF_A_SERVICE.matcher(value).matches();
    }

    private static String dotted(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '.');
    }
}

package io.weighbridge.schemas.serde;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;

/**
 * What Confluent's configuration keys ask of a serde.
 *
 * @param registryUrls one or more, tried in turn
 * @param credentials {@code user:password}, if the registry wants them
 * @param retries how often a request is tried again after a failure that may pass
 * @param firstWait wait before the first retry; doubled for each further one up to {@code longestWait}
 */
record SerdeConfig(
        List<String> registryUrls,
        boolean autoRegister,
        boolean useLatestVersion,
        boolean specificReader,
        Optional<String> credentials,
        Duration requestTimeout,
        int retries,
        Duration firstWait,
        Duration longestWait) {

    private static final String URL = "schema.registry.url";
    private static final String STRATEGY = "TopicNameStrategy";

    /**
     * Reads and checks the configuration.
     *
     * @throws ConfigException if a value is wrong, or asks for what these serdes cannot do
     */
    static SerdeConfig of(Map<String, ?> config, boolean isKey) {
        checkStrategy(config, isKey ? "key.subject.name.strategy" : "value.subject.name.strategy");
        config.keySet().stream()
                .filter(name -> name.startsWith("schema.registry.ssl."))
                .findFirst()
                .ifPresent(name -> {
                    throw new ConfigException(name + ": not supported here; trust a private certificate with "
                            + "-Djavax.net.ssl.trustStore, or configure Confluent's serializer classes");
                });
        return new SerdeConfig(
                urls(config),
                flag(config, "auto.register.schemas", true),
                flag(config, "use.latest.version", false),
                flag(config, "specific.avro.reader", false),
                credentials(config),
                Duration.ofMillis(number(config, "http.read.timeout.ms", 5_000)),
                number(config, "max.retries", 3),
                Duration.ofMillis(number(config, "retries.wait.ms", 250)),
                Duration.ofMillis(number(config, "retries.max.wait.ms", 2_000)));
    }

    private static List<String> urls(Map<String, ?> config) {
        Object value = config.get(URL);
        List<?> parts = value instanceof List<?> list
                ? list
                : Arrays.asList(text(config, URL, "").split(","));
        var urls = new ArrayList<String>();
        for (Object part : parts) {
            String url = part.toString().strip().replaceAll("/+$", "");
            if (!url.isEmpty()) {
                urls.add(url);
            }
        }
        if (urls.isEmpty()) {
            throw new ConfigException(
                    URL + ": missing; expected http(s):// addresses separated by commas, or mock://SCOPE");
        }
        for (String url : urls) {
            boolean isKnown = url.startsWith("http://")
                    || url.startsWith("https://")
                    || (url.startsWith(RegistryClient.MOCK_SCHEME) && urls.size() == 1);
            if (!isKnown) {
                throw new ConfigException(URL + ": expected http://, https:// or one mock://SCOPE, got " + url);
            }
        }
        return List.copyOf(urls);
    }

    private static Optional<String> credentials(Map<String, ?> config) {
        String source = text(config, "basic.auth.credentials.source", "URL");
        if (source.equals("URL")) {
            return Optional.empty();
        }
        if (!source.equals("USER_INFO")) {
            throw new ConfigException("basic.auth.credentials.source: expected URL or USER_INFO, got " + source);
        }
        String older = text(config, "schema.registry.basic.auth.user.info", "");
        String userInfo = text(config, "basic.auth.user.info", older);
        if (userInfo.isEmpty()) {
            throw new ConfigException("basic.auth.user.info: missing, but basic.auth.credentials.source is USER_INFO");
        }
        return Optional.of(userInfo);
    }

    private static void checkStrategy(Map<String, ?> config, String name) {
        Object value = config.get(name);
        if (value == null) {
            return;
        }
        String className = value instanceof Class<?> c ? c.getName() : value.toString();
        if (!className.substring(className.lastIndexOf('.') + 1).equals(STRATEGY)) {
            throw new ConfigException(
                    name + ": expected " + STRATEGY + ", the only one supported here, got " + className);
        }
    }

    private static String text(Map<String, ?> config, String name, String byDefault) {
        Object value = config.get(name);
        return value == null ? byDefault : value.toString().strip();
    }

    private static boolean flag(Map<String, ?> config, String name, boolean byDefault) {
        String value = text(config, name, String.valueOf(byDefault));
        if (!value.equals("true") && !value.equals("false")) {
            throw new ConfigException(name + ": expected true or false, got " + value);
        }
        return value.equals("true");
    }

    private static int number(Map<String, ?> config, String name, int byDefault) {
        String value = text(config, name, String.valueOf(byDefault));
        try {
            int number = Integer.parseInt(value);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // reported below
        }
        throw new ConfigException(name + ": expected a whole number, 0 or more, got " + value);
    }
}

package io.weighbridge.app.http;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where the parts of this stack are, for clients to find them.
 *
 * @param schemaRegistryUrl may hold credentials, which are not shown
 * @param ports by name, such as {@code broker → 8471}; the web server adds its own
 */
public record StackInfo(String version, String bootstrapServers, String schemaRegistryUrl, Map<String, Integer> ports) {

    public StackInfo {
        ports = Map.copyOf(new TreeMap<>(ports));
    }

    /** The registry's address without credentials. */
    String publicRegistryUrl() {
        return schemaRegistryUrl.replaceAll("(?<=://)[^/@]*@", "");
    }
}

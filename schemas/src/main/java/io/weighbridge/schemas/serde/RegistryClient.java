package io.weighbridge.schemas.serde;

import java.util.List;
import org.apache.avro.Schema;

/**
 * What serdes ask of a schema registry. Every method throws {@link RegistryRefusedException} if the registry says no, and
 * {@link RegistryUnavailableException} if it cannot be asked.
 */
interface RegistryClient {

    /** Scheme of an in-memory registry, shared by all who name the same scope. */
    String MOCK_SCHEME = "mock://";

    /** A schema and its id. */
    record Registered(int id, Schema schema) {}

    /** The id of a schema, which becomes a version of the subject if it is not yet one. */
    int register(String subject, Schema schema);

    /** The id of a schema that is a version of the subject. */
    int idOf(String subject, Schema schema);

    /** The newest version of a subject. */
    Registered latest(String subject);

    /** The schema with this id. */
    Schema schema(int id);

    /** The registry that the configuration names. */
    static RegistryClient of(SerdeConfig config) {
        List<String> urls = config.registryUrls();
        return urls.get(0).startsWith(MOCK_SCHEME)
                ? MockRegistry.ofScope(urls.get(0).substring(MOCK_SCHEME.length()))
                : new RestRegistryClient(config);
    }

    /** A schema as a registry keeps it. */
    static Schema parse(String text) {
        return new Schema.Parser().setValidateDefaults(false).parse(text);
    }
}

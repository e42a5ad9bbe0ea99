package io.weighbridge.schemas.serde;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;

/**
 * A schema registry in memory, for tests without a network. The scopes are static because a URL is all that two serdes share: this is how
 * Confluent's {@code mock://} URLs work too.
 */
final class MockRegistry implements RegistryClient {

    private static final Map<String, MockRegistry> SCOPES = new ConcurrentHashMap<>();

    private final String scope;
    private final List<Schema> schemas = new ArrayList<>();
    private final Map<String, List<Integer>> idsBySubject = new HashMap<>();

    private MockRegistry(String scope) {
        this.scope = scope;
    }

    static MockRegistry ofScope(String scope) {
        return SCOPES.computeIfAbsent(scope, MockRegistry::new);
    }

    @Override
    public synchronized int register(String subject, Schema schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        int id = schemas.indexOf(schema) + 1;
        List<Integer> ids = idsBySubject.computeIfAbsent(subject, name -> new ArrayList<>());
        if (!ids.contains(id)) {
            ids.add(id);
        }
        return id;
    }

    @Override
    public synchronized int idOf(String subject, Schema schema) {
        int id = schemas.indexOf(schema) + 1;
        if (!idsOf(subject).contains(id)) {
            throw notFound(
                    RegistryRefusedException.SCHEMA_NOT_FOUND, "schema " + schema.getFullName() + " in " + subject);
        }
        return id;
    }

    @Override
    public synchronized Registered latest(String subject) {
        List<Integer> ids = idsOf(subject);
        int id = ids.get(ids.size() - 1);
        return new Registered(id, schema(id));
    }

    @Override
    public synchronized Schema schema(int id) {
        if (id < 1 || id > schemas.size()) {
            throw notFound(RegistryRefusedException.SCHEMA_NOT_FOUND, "schema " + id);
        }
        return schemas.get(id - 1);
    }

    private List<Integer> idsOf(String subject) {
        List<Integer> ids = idsBySubject.get(subject);
        if (ids == null) {
            throw notFound(RegistryRefusedException.SUBJECT_NOT_FOUND, "subject " + subject);
        }
        return ids;
    }

    private RegistryRefusedException notFound(int code, String what) {
        return new RegistryRefusedException(
                code, what + " at " + MOCK_SCHEME + scope + ": not found (error code " + code + ")");
    }
}

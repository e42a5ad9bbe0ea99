package io.weighbridge.app.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/**
 * An entry of the log, in the form that Confluent's registry writes.
 *
 * <pre>
 * {"keytype":"SCHEMA","subject":"s","version":1,"magic":1} -> {"subject":"s","version":1,"id":1,"schema":"…","deleted":false}
 * {"keytype":"CONFIG","subject":null,"magic":0}            -> {"compatibilityLevel":"FULL"}
 * {"keytype":"HIGHEST_ID","magic":0}                       -> {"id":7}     ours: ids of schemas that are gone for good
 * </pre>
 *
 * @param value null to take back what was under the key
 */
record SchemaEntry(String key, String value) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static SchemaEntry of(SchemaVersion version) {
        ObjectNode value = node().put("subject", version.subject())
                .put("version", version.version())
                .put("id", version.id())
                .put("schema", version.schema())
                .put("deleted", version.isDeleted());
        return new SchemaEntry(schemaKey(version), value.toString());
    }

    static SchemaEntry removing(SchemaVersion version) {
        return new SchemaEntry(schemaKey(version), null);
    }

    static SchemaEntry ofLevel(String subject, Optional<Compatibility> level) {
        ObjectNode key = node().put("keytype", "CONFIG")
                .put("subject", subject.equals(SchemaTable.GLOBAL) ? null : subject)
                .put("magic", 0);
        String value = level.map(
                        name -> node().put("compatibilityLevel", name.name()).toString())
                .orElse(null);
        return new SchemaEntry(key.toString(), value);
    }

    static SchemaEntry ofHighestId(int id) {
        return new SchemaEntry(
                node().put("keytype", "HIGHEST_ID").put("magic", 0).toString(),
                node().put("id", id).toString());
    }

    /** Does to the table what the entry says; entries of other kinds are left to whoever wrote them. */
    void applyTo(SchemaTable table) {
        JsonNode key = json(this.key);
        Optional<JsonNode> value = Optional.ofNullable(this.value).map(SchemaEntry::json);
        String subject = key.path("subject").asText(SchemaTable.GLOBAL);
        switch (key.path("keytype").asText()) {
            case "SCHEMA" -> {
                int version = key.path("version").asInt();
                value.ifPresentOrElse(
                        node -> table.put(version(subject, version, node)), () -> table.remove(subject, version));
            }
            case "CONFIG" ->
                table.putLevel(
                        key.path("subject").isNull() ? SchemaTable.GLOBAL : subject,
                        value.flatMap(node -> Compatibility.named(
                                node.path("compatibilityLevel").asText())));
            case "HIGHEST_ID" ->
                value.ifPresent(node -> table.keepIdsAbove(node.path("id").asInt()));
            default -> {}
        }
    }

    private static SchemaVersion version(String subject, int version, JsonNode node) {
        return new SchemaVersion(
                subject,
                version,
                node.path("id").asInt(),
                node.path("schema").asText(),
                node.path("deleted").asBoolean());
    }

    private static String schemaKey(SchemaVersion version) {
        return node().put("keytype", "SCHEMA")
                .put("subject", version.subject())
                .put("version", version.version())
                .put("magic", 1)
                .toString();
    }

    private static ObjectNode node() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new KafkaException("topic " + SchemaLog.TOPIC + ": expected JSON, got " + text, e);
        }
    }
}

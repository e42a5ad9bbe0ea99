package io.weighbridge.app.embedded;

import org.apache.avro.Schema;

/**
 * A version of a subject.
 *
 * @param schema in the form that Avro prints; equal texts have equal ids in all subjects
 * @param isDeleted whether it is hidden; its id still resolves, because records carry it
 */
record SchemaVersion(String subject, int version, int id, String schema, boolean isDeleted) {

    SchemaVersion deleted() {
        return new SchemaVersion(subject, version, id, schema, true);
    }

    Schema parsed() {
        return new Schema.Parser().setValidateDefaults(false).parse(schema);
    }
}

package io.weighbridge.app.replay;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Utils;

/** Headers of a record as an {@link Archive} keeps them: names and bytes, in their order; bytes can be null. */
final class ArchivedHeaders {

    static final String NAMESPACE = "io.weighbridge.archive";

    /** Of one header. */
    static final Schema SCHEMA = SchemaBuilder.record("RecordHeader")
            .namespace(NAMESPACE)
            .fields()
            .requiredString("name")
            .optionalBytes("value")
            .endRecord();

    private ArchivedHeaders() {}

    static List<GenericRecord> of(Headers headers) {
        var archived = new ArrayList<GenericRecord>();
        for (Header header : headers) {
            var one = new GenericData.Record(SCHEMA);
            one.put("name", header.key());
            one.put("value", Utils.wrapNullable(header.value()));
            archived.add(one);
        }
        return archived;
    }

    static Headers in(List<GenericRecord> archived) {
        var headers = new RecordHeaders();
        for (GenericRecord one : archived) {
            headers.add(one.get("name").toString(), Utils.toNullableArray((ByteBuffer) one.get("value")));
        }
        return headers;
    }
}

package io.weighbridge.alerting.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.schemas.avro.InfringementCase;
import java.io.IOException;
import java.io.Writer;

/** Cases as a SARIF 2.1.0 log with one run: a result for each case. */
public final class CaseSarif implements CaseWriter {

    private static final String SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonGenerator json;
    private final CaseLinks links;

    /** Writes the head of the log. */
    public CaseSarif(Writer out, CaseLinks links) throws IOException {
        this.links = links;
        json = JSON.createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.useDefaultPrettyPrinter();
        json.writeStartObject();
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        json.writeFieldName("tool");
        json.writeTree(SarifResult.tool());
        json.writeArrayFieldStart("results");
    }

    @Override
    public void write(InfringementCase found) throws IOException {
        json.writeTree(SarifResult.of(found, links));
    }

    /** Writes the end of the log. */
    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
        json.close();
    }
}

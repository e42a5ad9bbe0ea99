package io.weighbridge.alerting.export;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.schemas.avro.InfringementCase;
import java.io.IOException;
import java.io.Writer;

/** Cases as OCSF findings, one JSON object a line. */
public final class OcsfLines implements CaseWriter {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer out;
    private final CaseLinks links;

    public OcsfLines(Writer out, CaseLinks links) {
        this.out = out;
        this.links = links;
    }

    @Override
    public void write(InfringementCase found) throws IOException {
        out.write(JSON.writeValueAsString(OcsfFinding.of(found, links)));
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.flush();
    }
}

package io.weighbridge.alerting.export;

import io.weighbridge.schemas.avro.InfringementCase;
import java.io.Closeable;
import java.io.IOException;

/** Writes cases in some form, one after the other and without keeping them. Closing it ends the form; what it writes to stays open. */
public interface CaseWriter extends Closeable {

    void write(InfringementCase found) throws IOException;
}

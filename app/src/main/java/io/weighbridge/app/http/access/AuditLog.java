package io.weighbridge.app.http.access;

import io.weighbridge.schemas.avro.AuditEntry;
import java.util.concurrent.Future;

/** Keeps what was done by HTTP, and tried. */
public interface AuditLog extends AutoCloseable {

    /** Begins to write an entry, without waiting; the result ends when it is kept, or cannot be. */
    Future<?> write(AuditEntry entry);

    @Override
    void close();
}

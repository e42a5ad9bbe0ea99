package io.weighbridge.schemas.serde;

import io.weighbridge.schemas.avro.UploadEvent;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that the generated records may be instantiated, and nothing else: Avro 1.12.2 loads no class that a schema names unless it is
 * trusted, not even for the builders of generated records.
 *
 * <p>It is a logical type in form only. Every generated record parses its schema when its class is initialised, and Avro then loads its
 * logical types as services: so trust is there before the first record is, without a JVM option and in whatever order classes are used.
 */
public final class TrustedRecords implements LogicalTypes.LogicalTypeFactory {

    private static final String PACKAGE_PREFIX = UploadEvent.class.getPackageName() + ".";

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> type.getName().startsWith(PACKAGE_PREFIX)));
    }

    /** For the service loader. */
    public TrustedRecords() {}

    @Override
    public LogicalType fromSchema(Schema schema) {
        return null;
    }

    @Override
    public String getTypeName() {
        return "weighbridge-trusted-records";
    }
}

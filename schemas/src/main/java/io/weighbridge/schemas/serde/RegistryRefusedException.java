package io.weighbridge.schemas.serde;

import org.apache.kafka.common.errors.SerializationException;

/** The schema registry answered, and the answer is no: an unknown subject or id, an incompatible or invalid schema. */
public final class RegistryRefusedException extends SerializationException {

    /** Error code: there is no such subject. */
    public static final int SUBJECT_NOT_FOUND = 40401;

    /** Error code: there is no such schema, or not under this subject. */
    public static final int SCHEMA_NOT_FOUND = 40403;

    private final int errorCode;

    public RegistryRefusedException(int errorCode, String message) {
        super(message);
        this.errorCode = errorCode;
    }

    /** The registry's own code, e.g. 40403; the HTTP status if it gave none. */
    public int errorCode() {
        return errorCode;
    }
}

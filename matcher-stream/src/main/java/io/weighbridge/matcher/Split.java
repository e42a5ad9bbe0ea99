package io.weighbridge.matcher;

import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.IndexMessage;

/** What a record of codes is split into. */
sealed interface Split {

    /** One code for one place. */
    record Sent(IndexMessage message) implements Split {}

    /** A record that cannot be matched. */
    record Refused(DeadLetter deadLetter) implements Split {}
}

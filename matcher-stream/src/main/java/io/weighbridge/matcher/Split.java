package io.weighbridge.matcher;

import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.SubstringMessage;

/** What a record of codes is split into. */
sealed interface Split {

    /** One code for one place. */
    record Sent(SubstringMessage message) implements Split {}

    /** A record that cannot be matched. */
    record Refused(DeadLetter deadLetter) implements Split {}
}

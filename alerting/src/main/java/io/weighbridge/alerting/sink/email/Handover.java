package io.weighbridge.alerting.sink.email;

import jakarta.mail.Address;
import jakarta.mail.SendFailedException;
import java.util.List;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * What a mail server did with a mail, by recipient.
 *
 * @param taken for whom it has it
 * @param later for whom it may take it later
 * @param refused for whom it will not take it
 * @param answer the server's words
 */
record Handover(List<Address> taken, List<Address> later, List<Address> refused, String answer) {

    private static final int PERMANENT = 500;

    static Handover taken(List<Address> to) {
        return new Handover(to, List.of(), List.of(), "");
    }

    static Handover refused(List<Address> to, String answer) {
        return new Handover(List.of(), List.of(), to, answer);
    }

    /**
     * From a failure that names recipients. The sender or the content may have been refused, after which recipients that were fine are named
     * as unsent: the answer's own code decides on those.
     */
    static Handover of(SendFailedException failure, List<Address> to, String answer) {
        var taken = list(failure.getValidSentAddresses());
        if (taken.isEmpty() && failure instanceof SMTPSendFailedException smtp && smtp.getReturnCode() >= PERMANENT) {
            return refused(to, answer);
        }
        var refused = list(failure.getInvalidAddresses());
        var later = to.stream()
                .filter(address -> !taken.contains(address) && !refused.contains(address))
                .toList();
        return new Handover(taken, later, refused, answer);
    }

    private static List<Address> list(Address[] addresses) {
        return addresses == null ? List.of() : List.of(addresses);
    }
}

package io.weighbridge.app.browser;

import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.UploadRef;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** More cases than anybody would like to see: of all severities and states, the newest a second old, each a second older. */
final class FloodOfCases {

    private FloodOfCases() {}

    static Stream<InfringementCase> of(int count) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return IntStream.range(0, count).mapToObj(number -> one(number, now.minusSeconds(number + 1L)));
    }

    private static InfringementCase one(int number, Instant seenAt) {
        InfringementAlert alert = alert(number, seenAt);
        return InfringementCase.newBuilder(TestRecords.infringementCase())
                .setAlertId(alert.getAlertId())
                .setBest(alert)
                .setLatest(alert)
                .setSeverity(Severity.values()[number % Severity.values().length])
                .setState(CaseState.values()[number % CaseState.values().length])
                .setFirstSeenAt(seenAt)
                .setLastSeenAt(seenAt)
                .build();
    }

    private static InfringementAlert alert(int number, Instant seenAt) {
        var sample = TestRecords.infringementAlert();
        var upload = UploadRef.newBuilder(sample.getUpload())
                .setId("flood-" + number)
                .setRepo("owner-" + number % 97 + "/flood-" + number)
                .setOwner("owner-" + number % 97)
                .setUploadedAt(seenAt)
                .build();
        return InfringementAlert.newBuilder(sample)
                .setAlertId(String.format("f100d%08x", number))
                .setUpload(upload)
                .setDistanceBits(number % sample.getThresholdBits())
                .build();
    }
}

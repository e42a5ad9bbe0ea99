package io.weighbridge.app.feed.cases;

import io.weighbridge.app.feed.FeedRecords;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.UploadRef;
import java.time.Instant;
import java.util.List;

/** Cases n of a protected model, opened n seconds after the first and seen last ten seconds later, of owner mallory-n. */
public final class TestCases {

    private TestCases() {}

    public static String id(int n) {
        return "case-" + n;
    }

    public static Instant openedAt(int n) {
        return FeedRecords.START.plusSeconds(n);
    }

    public static InfringementCase of(int n, String protectedId) {
        return builder(n, protectedId).build();
    }

    public static InfringementCase of(int n, String protectedId, CaseState state, Severity severity) {
        return builder(n, protectedId).setState(state).setSeverity(severity).build();
    }

    public static InfringementCase.Builder builder(int n, String protectedId) {
        var alert = alert(n, protectedId);
        return InfringementCase.newBuilder()
                .setAlertId(id(n))
                .setBest(alert)
                .setLatest(alert)
                .setRevisions(List.of("main"))
                .setRevisionTimes(List.of(openedAt(n)))
                .setRevisionCount(1)
                .setOccurrences(1)
                .setOccurrenceKeys(List.of(1L, 2L, (long) n))
                .setVersion(1)
                .setFirstSeenAt(openedAt(n))
                .setLastSeenAt(openedAt(n).plusSeconds(10));
    }

    public static InfringementAlert alert(int n, String protectedId) {
        var template = FeedRecords.alert(n, protectedId, 12, 1e-20);
        return InfringementAlert.newBuilder(template)
                .setAlertId(id(n))
                .setUpload(UploadRef.newBuilder(template.getUpload())
                        .setOwner("mallory-" + n)
                        .setRepo("mallory-" + n + "/net")
                        .setUploader("bot-" + n % 2)
                        .build())
                .setProtectedModel(ProtectedRef.newBuilder(template.getProtectedModel())
                        .setName("Model " + protectedId)
                        .build())
                .build();
    }
}

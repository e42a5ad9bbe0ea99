package io.weighbridge.alerting.export;

import io.weighbridge.alerting.TestAlerts;
import io.weighbridge.schemas.TestRecords;
import io.weighbridge.schemas.avro.CaseState;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.UploadRef;
import io.weighbridge.schemas.avro.Verdict;
import java.util.List;

/** Cases to be exported. */
final class TestCases {

    private TestCases() {}

    static InfringementCase fresh() {
        return InfringementCase.newBuilder(TestRecords.infringementCase())
                .setBest(TestAlerts.first())
                .setLatest(TestAlerts.first())
                .setSeverity(Severity.HIGH)
                .setRevisionCount(1)
                .build();
    }

    static InfringementCase dismissed() {
        return InfringementCase.newBuilder(fresh())
                .setState(CaseState.CLOSED)
                .setVerdict(Verdict.FALSE_POSITIVE)
                .setVersion(7)
                .setDecisions(List.of(TestRecords.caseDecision()))
                .setDecisionCount(1)
                .build();
    }

    /** Its repository, which an uploader names. */
    static InfringementCase ofRepo(String repo) {
        return InfringementCase.newBuilder(fresh())
                .setBest(InfringementAlert.newBuilder(TestAlerts.first())
                        .setUpload(UploadRef.newBuilder(TestAlerts.first().getUpload())
                                .setRepo(repo)
                                .build())
                        .build())
                .build();
    }
}

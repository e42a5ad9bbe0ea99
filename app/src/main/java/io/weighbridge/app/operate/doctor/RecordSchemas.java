package io.weighbridge.app.operate.doctor;

import io.weighbridge.schemas.Topics;
import io.weighbridge.schemas.avro.AuditEntry;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.DeadLetter;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.ModelCode;
import io.weighbridge.schemas.avro.ProtectedModel;
import io.weighbridge.schemas.avro.ProtectionPolicy;
import io.weighbridge.schemas.avro.ScanOutcome;
import io.weighbridge.schemas.avro.Suppression;
import io.weighbridge.schemas.avro.UploadEvent;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;

/** The schemas that this build writes, by topic. */
final class RecordSchemas {

    private RecordSchemas() {}

    static Map<String, Schema> of(Topics topics) {
        var schemas = new TreeMap<String, Schema>();
        schemas.put(topics.modelUploads().name(), UploadEvent.getClassSchema());
        schemas.put(topics.modelUploadsBackfill().name(), UploadEvent.getClassSchema());
        schemas.put(topics.protectedModels().name(), ProtectedModel.getClassSchema());
        schemas.put(topics.modelCodes().name(), ModelCode.getClassSchema());
        schemas.put(topics.protectedCodes().name(), ModelCode.getClassSchema());
        schemas.put(topics.scanOutcomes().name(), ScanOutcome.getClassSchema());
        schemas.put(topics.infringementAlerts().name(), InfringementAlert.getClassSchema());
        schemas.put(topics.heldAlerts().name(), InfringementAlert.getClassSchema());
        schemas.put(topics.infringementCases().name(), InfringementCase.getClassSchema());
        schemas.put(topics.caseDecisions().name(), CaseDecision.getClassSchema());
        schemas.put(topics.suppressions().name(), Suppression.getClassSchema());
        schemas.put(topics.protectionPolicies().name(), ProtectionPolicy.getClassSchema());
        schemas.put(topics.apiAudit().name(), AuditEntry.getClassSchema());
        schemas.put(topics.deadLetters().name(), DeadLetter.getClassSchema());
        return schemas;
    }
}

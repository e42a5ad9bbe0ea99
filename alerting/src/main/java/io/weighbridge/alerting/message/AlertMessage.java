package io.weighbridge.alerting.message;

import io.weighbridge.alerting.BaselineWords;
import io.weighbridge.alerting.LayerWords;
import io.weighbridge.alerting.Occurrence;
import io.weighbridge.alerting.Odds;
import io.weighbridge.alerting.SeverityRule;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.ProtectedRef;
import io.weighbridge.schemas.avro.Severity;
import io.weighbridge.schemas.avro.UploadRef;
import java.util.ArrayList;
import java.util.List;

/**
 * What people are told of an alert. Every text is one line.
 *
 * @param title what happened, in one sentence without a full stop
 * @param facts what a person needs to decide, the weightiest first
 */
public record AlertMessage(String title, Severity severity, List<Fact> facts) {

    /** A fact under the name of what it tells. */
    public record Fact(String name, String value) {}

    public AlertMessage {
        facts = List.copyOf(facts);
    }

    /** The message of an alert. */
    public static AlertMessage of(InfringementAlert alert) {
        SeverityRule.Grade grade = SeverityRule.of(alert);
        ProtectedRef model = alert.getProtectedModel();
        String title =
                alert.getUpload().getRepo() + " matches " + model.getName() + ", protected by " + model.getOwner();
        var facts = new ArrayList<Fact>();
        add(facts, "Severity", grade.severity() + ": " + String.join("; ", grade.reasons()));
        add(facts, "Upload", upload(alert));
        add(facts, "File", alert.getUploadFile().getPath());
        add(facts, "Uploaded", uploaded(alert.getUpload()));
        add(facts, "Protected model", model.getId() + " (" + model.getName() + ", owner " + model.getOwner() + ")");
        add(facts, "Match", match(alert));
        LayerWords.of(alert).ifPresent(layers -> add(facts, "Layers", layers));
        BaselineWords.of(alert).ifPresent(baseline -> add(facts, "Public models", baseline));
        add(facts, "Case", alert.getAlertId());
        add(facts, "Occurrence", Occurrence.of(alert).id());
        return new AlertMessage(PlainText.oneLine(title), grade.severity(), facts);
    }

    private static void add(List<Fact> facts, String name, String value) {
        facts.add(new Fact(name, PlainText.oneLine(value)));
    }

    private static String upload(InfringementAlert alert) {
        UploadRef upload = alert.getUpload();
        return upload.getHub() + "/" + upload.getRepo() + "@" + upload.getRevision();
    }

    private static String uploaded(UploadRef upload) {
        return upload.getUploadedAt()
                + (upload.getUploader() == null ? "" : " by " + upload.getUploader())
                + (upload.getLicense() == null ? "" : ", licence " + upload.getLicense());
    }

    private static String match(InfringementAlert alert) {
        return alert.getAlgorithm() + "@" + alert.getVersion() + ": " + alert.getDistanceBits() + " of "
                + alert.getBits() + " bits differ, threshold " + alert.getThresholdBits() + ", by chance "
                + Odds.ofChance(alert.getFalseMatchRate());
    }
}

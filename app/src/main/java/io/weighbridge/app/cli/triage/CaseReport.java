package io.weighbridge.app.cli.triage;

import io.weighbridge.alerting.BaselineWords;
import io.weighbridge.alerting.LayerWords;
import io.weighbridge.alerting.Odds;
import io.weighbridge.app.cli.Table;
import io.weighbridge.app.text.Words;
import io.weighbridge.schemas.avro.CaseDecision;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import java.util.ArrayList;
import java.util.List;

/** A case for people, a line for each fact. */
final class CaseReport {

    private final List<String> lines = new ArrayList<>();

    private CaseReport() {}

    static String of(InfringementCase known) {
        var report = new CaseReport();
        report.standing(known);
        report.models(known.getBest());
        report.evidence(known);
        known.getDecisions().forEach(report::decision);
        return String.join(System.lineSeparator(), report.lines);
    }

    private void standing(InfringementCase known) {
        line("case", known.getAlertId() + ", version " + known.getVersion());
        line(
                "state",
                known.getState()
                        + (known.getVerdict() == null ? "" : " (" + known.getVerdict() + ")")
                        + (known.getStateSince() == null ? "" : " since " + known.getStateSince()));
        if (known.getHeld() != null) {
            line("held", known.getHeld() + ": recorded, no alert was raised");
        }
        line("severity", known.getSeverity() + ": " + String.join("; ", known.getSeverityReasons()));
    }

    private void models(InfringementAlert best) {
        var upload = best.getUpload();
        line(
                "upload",
                upload.getHub() + "/" + upload.getRepo() + "@" + upload.getRevision() + " by " + upload.getOwner()
                        + ", " + upload.getUploadedAt()
                        + (upload.getLicense() == null ? "" : ", licence " + upload.getLicense()));
        line("", file(best.getUploadFile()));
        var model = best.getProtectedModel();
        line(
                "protected",
                model.getId() + " (" + model.getName() + ") of " + model.getOwner() + ", " + model.getProtectedAt());
        line("", file(best.getProtectedFile()));
    }

    private void evidence(InfringementCase known) {
        var best = known.getBest();
        line(
                "nearest",
                best.getAlgorithm() + "@" + best.getVersion() + ": " + best.getDistanceBits() + " of " + best.getBits()
                        + " bits differ, threshold " + best.getThresholdBits() + ", by chance "
                        + Odds.ofChance(best.getFalseMatchRate()));
        LayerWords.of(best).ifPresent(layers -> line("layers", layers));
        BaselineWords.of(best).ifPresent(margin -> line("margin", margin));
        line(
                "seen",
                Words.count(known.getOccurrences(), "match") + " in "
                        + Words.count(known.getRevisionCount(), "revision") + ", first "
                        + known.getFirstSeenAt() + ", last " + known.getLastSeenAt());
        if (known.getHeldOccurrences() > 0) {
            line("", known.getHeldOccurrences() + " of them held");
        }
        if (known.getSuppressedOccurrences() > 0) {
            line("", known.getSuppressedOccurrences() + " of them while dismissed or suppressed");
        }
    }

    private void decision(CaseDecision decision) {
        line(
                decision.getDecidedAt().toString(),
                decision.getActor() + ": " + decision.getState()
                        + (decision.getVerdict() == null ? "" : " (" + decision.getVerdict() + ")")
                        + (decision.getUntil() == null ? "" : " until " + decision.getUntil()) + ": "
                        + decision.getReason()
                        + (decision.getRefusal() == null ? "" : " [refused: " + decision.getRefusal() + "]"));
    }

    private static String file(FileScan file) {
        return file.getPath() + ", " + file.getFormat() + ", " + file.getSizeBytes() + " bytes, " + file.getParameters()
                + " parameters";
    }

    private void line(String name, String text) {
        lines.add(Table.oneLine(String.format("%-10s %s", name, text)));
    }
}

package io.weighbridge.alerting.export;

import io.weighbridge.alerting.Odds;
import io.weighbridge.alerting.message.CaseLinks;
import io.weighbridge.schemas.avro.InfringementAlert;
import io.weighbridge.schemas.avro.InfringementCase;
import io.weighbridge.schemas.avro.UploadRef;
import java.io.IOException;
import java.io.Writer;

/** Cases as CSV (RFC 4180): a line of names, then a line for each case, with the evidence of its best match. */
public final class CaseCsv implements CaseWriter {

    private static final String[] COLUMNS = {
        "alertId",
        "state",
        "verdict",
        "severity",
        "held",
        "firstSeenAt",
        "lastSeenAt",
        "occurrences",
        "revisionCount",
        "suppressedOccurrences",
        "hub",
        "repo",
        "owner",
        "uploader",
        "revision",
        "license",
        "file",
        "sha256",
        "protectedModelId",
        "protectedModelName",
        "protectedModelOwner",
        "algorithm",
        "distanceBits",
        "thresholdBits",
        "bits",
        "falseMatchRate",
        "oddsOfChance",
        "marginBits",
        "link"
    };

    private final CsvRows csv;
    private final CaseLinks links;

    /** Writes the line of names. */
    public CaseCsv(Writer out, CaseLinks links) throws IOException {
        this.links = links;
        csv = new CsvRows(out);
        for (String column : COLUMNS) {
            csv.value(column);
        }
        csv.end();
    }

    @Override
    public void write(InfringementCase found) throws IOException {
        printCase(found);
        printUpload(found.getBest());
        printMatch(found.getBest());
        csv.value(links.of(found.getAlertId()).orElse(null));
        csv.end();
    }

    @Override
    public void close() throws IOException {
        csv.flush();
    }

    private void printCase(InfringementCase found) throws IOException {
        csv.text(found.getAlertId());
        csv.value(found.getState());
        csv.value(found.getVerdict());
        csv.value(found.getSeverity());
        csv.value(found.getHeld());
        csv.value(found.getFirstSeenAt());
        csv.value(found.getLastSeenAt());
        csv.value(found.getOccurrences());
        csv.value(found.getRevisionCount());
        csv.value(found.getSuppressedOccurrences());
    }

    private void printUpload(InfringementAlert best) throws IOException {
        UploadRef upload = best.getUpload();
        csv.text(upload.getHub());
        csv.text(upload.getRepo());
        csv.text(upload.getOwner());
        csv.text(upload.getUploader());
        csv.text(upload.getRevision());
        csv.text(upload.getLicense());
        csv.text(best.getUploadFile().getPath());
        csv.text(best.getUploadFile().getSha256());
    }

    private void printMatch(InfringementAlert best) throws IOException {
        csv.text(best.getProtectedModel().getId());
        csv.text(best.getProtectedModel().getName());
        csv.text(best.getProtectedModel().getOwner());
        csv.text(best.getAlgorithm() + "@" + best.getVersion());
        csv.value(best.getDistanceBits());
        csv.value(best.getThresholdBits());
        csv.value(best.getBits());
        csv.value(best.getFalseMatchRate());
        csv.value(Odds.ofChance(best.getFalseMatchRate()));
        csv.value(
                best.getNearestBaseline() == null
                        ? null
                        : best.getNearestBaseline().getMarginBits());
    }
}

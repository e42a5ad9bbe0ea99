package io.weighbridge.hasher;

import io.weighbridge.hasher.UploadFiles.FileRead;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.ModelFile;
import io.weighbridge.schemas.avro.Outcome;
import java.util.List;

/** What is said of a file from outside: that it was not read, that it was read with another, that its bytes are not those that were stated. */
final class FileVerdict {

    private FileVerdict() {}

    /** Of a file whose bytes were read with another one. */
    static FileScan part(ModelFile file, FileRead part) {
        return FileScan.newBuilder()
                .setPath(file.getPath())
                .setOutcome(Outcome.PART)
                .setReason(PartScan.readWith(part.with()))
                .setSha256(part.sha256())
                .setSizeBytes(part.sizeBytes())
                .setCodes(List.of())
                .build();
    }

    /** A digest that differs tells more than what was then found in the bytes: they are not the ones the hub speaks of. */
    static FileScan checkedDigest(ModelFile file, FileScan scan) {
        String stated = file.getSha256();
        String found = scan.getSha256();
        if (stated == null || found == null || stated.equalsIgnoreCase(found)) {
            return scan;
        }
        return FileScan.newBuilder(scan)
                .setOutcome(Outcome.DIGEST_MISMATCH)
                .setReason("sha256: expected " + stated + ", got " + found)
                .setCodes(List.of())
                .build();
    }

    /** Of a file that was not read. */
    static FileScan notScanned(ModelFile file, Outcome outcome, String reason) {
        return FileScan.newBuilder()
                .setPath(file.getPath())
                .setOutcome(outcome)
                .setReason(reason)
                .setCodes(List.of())
                .build();
    }

    /** With a reason of so many characters at most. */
    static FileScan withReason(FileScan scan, int maxChars) {
        String reason = scan.getReason();
        return reason == null || reason.length() <= maxChars
                ? scan
                : FileScan.newBuilder(scan)
                        .setReason(reason.substring(0, maxChars) + "…")
                        .build();
    }
}

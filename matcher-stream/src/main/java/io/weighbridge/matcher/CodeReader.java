package io.weighbridge.matcher;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.matcher.store.CodeSide;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.ModelCode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;

/** Checks records of codes before anything is kept of them. */
final class CodeReader {

    private final Map<AlgorithmId, HashAlgorithm> known;

    /** @param known every algorithm of this build, matched or not */
    CodeReader(Map<AlgorithmId, HashAlgorithm> known) {
        this.known = known;
    }

    /** Why a record cannot be matched; empty if it can. Codes of unknown algorithms are no reason. */
    Optional<String> problem(String key, ModelCode value, CodeSide side) {
        if (value == null || (value.getUpload() != null) == (value.getProtectedModel() != null)) {
            return Optional.of("value: expected the codes of an upload or of a protected model, got "
                    + (value == null ? "null" : value.getUpload() == null ? "neither" : "both"));
        }
        if ((value.getUpload() != null) != (side == CodeSide.UPLOAD)) {
            return Optional.of("value: expected a code of the other side, got one of "
                    + (side == CodeSide.UPLOAD ? "protectedModel" : "upload"));
        }
        return timeProblem(value).or(() -> keyProblem(key, value)).or(() -> codeProblem(value));
    }

    /** How many codes of a usable record are of algorithms that this build does not know. */
    int unknown(ModelCode value) {
        return (int) value.getFile().getCodes().stream()
                .filter(code -> algorithm(code) == null)
                .count();
    }

    private static Optional<String> timeProblem(ModelCode value) {
        var upload = value.getUpload();
        var at = upload != null
                ? upload.getUploadedAt()
                : value.getProtectedModel().getProtectedAt();
        return at.isBefore(Instant.EPOCH)
                ? Optional.of(
                        (upload != null ? "uploadedAt" : "protectedAt") + ": expected a time since 1970, got " + at)
                : Optional.empty();
    }

    private static Optional<String> keyProblem(String key, ModelCode value) {
        var model = value.getProtectedModel();
        return model == null || model.getId().equals(key)
                ? Optional.empty()
                : Optional.of("key: expected the protected model's id " + model.getId() + ", got " + key);
    }

    private Optional<String> codeProblem(ModelCode value) {
        var seen = new HashSet<AlgorithmId>();
        for (var code : value.getFile().getCodes()) {
            var algorithm = algorithm(code);
            if (algorithm == null) {
                continue;
            }
            int bits = code.getWords().remaining() * Byte.SIZE;
            String where = "code " + algorithm.id() + " of " + value.getFile().getPath() + ": expected ";
            if (code.getBits() != algorithm.bits() || bits != algorithm.bits()) {
                return Optional.of(where + algorithm.bits() + " bits, got " + code.getBits() + " in "
                        + code.getWords().remaining() + " bytes");
            }
            if (!seen.add(algorithm.id())) {
                return Optional.of(where + "one, got several");
            }
        }
        return Optional.empty();
    }

    private HashAlgorithm algorithm(Code code) {
        return known.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(code.getAlgorithm())
                        && entry.getKey().version() == code.getVersion())
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }
}

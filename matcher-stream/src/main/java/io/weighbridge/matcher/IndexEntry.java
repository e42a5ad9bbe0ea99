package io.weighbridge.matcher;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.matcher.store.CodeSide;
import io.weighbridge.matcher.store.Identity;
import io.weighbridge.matcher.store.RegionKey;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.IndexMessage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** An {@link IndexMessage} with its parts in the terms of the join. */
record IndexEntry(IndexMessage message, PerceptualCode code, Identity identity) {

    static IndexEntry of(IndexMessage message) {
        var side = CodeSide.valueOf(message.getSide().name());
        return new IndexEntry(
                message,
                code(AlgorithmId.parse(message.getAlgorithm()), message.getWords()),
                Identity.of(side, message.getId(), message.getPath()));
    }

    /** Reads a code; leaves the record's buffer as it was. */
    static PerceptualCode codeOf(Code code) {
        return code(new AlgorithmId(code.getAlgorithm(), code.getVersion()), code.getWords());
    }

    private static PerceptualCode code(AlgorithmId algorithm, ByteBuffer buffer) {
        var words = new byte[buffer.remaining()];
        buffer.duplicate().get(words);
        return PerceptualCode.fromBytes(algorithm, words);
    }

    AlgorithmId algorithm() {
        return code.algorithm();
    }

    CodeSide side() {
        return CodeSide.valueOf(message.getSide().name());
    }

    /** Where the code is kept, such as {@code pri@3/03/0}: all that must meet there lands in one partition. */
    String placeKey() {
        return side() == CodeSide.BASELINE
                ? baselinePlace(message.getAlgorithm())
                : String.format(
                        Locale.ROOT, "%s/%02d/%x", message.getAlgorithm(), message.getPosition(), message.getGroup());
    }

    /** Where the baselines of an algorithm are kept, in every partition. */
    static String baselinePlace(String algorithm) {
        return algorithm + "/baseline";
    }

    /** One for each mode for which the code is kept. */
    List<RegionKey> regions() {
        return message.getModes().stream()
                .map(mode -> new RegionKey(placeKey(), SearchMode.valueOf(mode.name()), side()))
                .toList();
    }

    /** When it happened: uploadedAt or protectedAt. */
    Instant happenedAt() {
        return message.getHappenedAt();
    }
}

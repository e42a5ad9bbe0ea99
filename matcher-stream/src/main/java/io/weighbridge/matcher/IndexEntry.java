package io.weighbridge.matcher;

import io.weighbridge.hash.AlgorithmId;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.Place;
import io.weighbridge.schemas.avro.Code;
import io.weighbridge.schemas.avro.SubstringMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

/** A {@link SubstringMessage} with its parts in the terms of the join. */
record IndexEntry(SubstringMessage message, PerceptualCode code) {

    static IndexEntry of(SubstringMessage message) {
        return new IndexEntry(message, codeOf(message.getFile().getCodes().get(0)));
    }

    /** Reads a code; leaves the record's buffer as it was. */
    static PerceptualCode codeOf(Code code) {
        var words = new byte[code.getWords().remaining()];
        code.getWords().duplicate().get(words);
        return PerceptualCode.fromBytes(new AlgorithmId(code.getAlgorithm(), code.getVersion()), words);
    }

    /** The record key of a place, such as {@code pri@3/03/0}: all that must meet lands in one partition. */
    static String placeKey(AlgorithmId algorithm, Place place) {
        return String.format(Locale.ROOT, "%s/%02d/%x", algorithm, place.position(), place.group());
    }

    AlgorithmId algorithm() {
        return code.algorithm();
    }

    Place place() {
        return new Place(message.getPosition(), message.getGroup());
    }

    String placeKey() {
        return placeKey(algorithm(), place());
    }

    Side side() {
        return message.getUpload() != null ? Side.UPLOAD : Side.PROTECTED;
    }

    /** When it happened: uploadedAt or protectedAt. */
    Instant happenedAt() {
        return side() == Side.UPLOAD
                ? message.getUpload().getUploadedAt()
                : message.getProtectedModel().getProtectedAt();
    }

    /** What, together with the code, makes the entry one and the same: the protected model's id, or the upload's id and the path in it. */
    byte[] identity() {
        if (side() == Side.PROTECTED) {
            return message.getProtectedModel().getId().getBytes(StandardCharsets.UTF_8);
        }
        byte[] upload = message.getUpload().getId().getBytes(StandardCharsets.UTF_8);
        byte[] path = message.getFile().getPath().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + upload.length + path.length)
                .putInt(upload.length)
                .put(upload)
                .put(path)
                .array();
    }
}

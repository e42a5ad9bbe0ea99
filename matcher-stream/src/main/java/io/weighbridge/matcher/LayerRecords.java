package io.weighbridge.matcher;

import io.weighbridge.hash.LayerKind;
import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.layer.LayerCode;
import io.weighbridge.hash.layer.LayerComparison;
import io.weighbridge.hash.layer.LayerPair;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.LayerEvidence;
import io.weighbridge.schemas.avro.LayerMatch;
import java.util.List;
import java.util.Optional;

/** Between the codes of layers in records and what they are evidence of. All of it is a function of the two records. */
public final class LayerRecords {

    private LayerRecords() {}

    /**
     * The layer codes of a file. Those of another version of the algorithm, or not of its form, are left out: they are evidence, and a match
     * stands without them.
     */
    public static List<LayerCode> codes(FileScan file) {
        return file.getLayers().stream()
                .filter(LayerRecords::isUsable)
                .map(LayerRecords::code)
                .toList();
    }

    /** Which layers of an upload are in a protected model; empty if one of the two has no layer codes. */
    static Optional<LayerEvidence> evidence(FileScan upload, FileScan protectedFile) {
        var comparison = LayerComparison.of(codes(upload), codes(protectedFile));
        if (comparison.a().isEmpty() || comparison.b().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(LayerEvidence.newBuilder()
                .setUploadLayers(comparison.a().size())
                .setProtectedLayers(comparison.b().size())
                .setMatchedLayers(comparison.matches().size())
                .setUploadShare(comparison.shareOfA())
                .setProtectedShare(comparison.shareOfB())
                .setFalseMatchRate(comparison.falseMatchRate())
                .setLayerMatches(comparison.a().stream()
                        .map(layer -> match(layer, comparison.ofA(layer)))
                        .toList())
                .build());
    }

    private static LayerMatch match(LayerCode layer, Optional<LayerPair> partner) {
        var match = LayerMatch.newBuilder().setUploadLayer(layer.name());
        partner.ifPresent(pair -> match.setProtectedLayer(pair.b().name())
                .setDistanceBits(pair.distanceBits())
                .setBits(LayerCode.BITS)
                .setFalseMatchRate(pair.falseMatchRate())
                .setIsMatch(pair.isMatch()));
        return match.build();
    }

    private static boolean isUsable(io.weighbridge.schemas.avro.LayerCode layer) {
        return layer.getVersion() == LayerCode.ALGORITHM.version()
                && layer.getWords().remaining() == LayerCode.BITS / Byte.SIZE
                && layer.getOutputs() > 0
                && layer.getInputs() > 0
                && layer.getPositions() > 0;
    }

    private static LayerCode code(io.weighbridge.schemas.avro.LayerCode layer) {
        var words = new byte[layer.getWords().remaining()];
        layer.getWords().duplicate().get(words);
        return new LayerCode(
                layer.getName(),
                LayerKind.valueOf(layer.getKind().name()),
                layer.getOutputs(),
                layer.getInputs(),
                layer.getPositions(),
                layer.getStructure(),
                PerceptualCode.fromBytes(LayerCode.ALGORITHM, words));
    }
}

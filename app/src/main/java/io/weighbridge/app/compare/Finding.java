package io.weighbridge.app.compare;

import io.weighbridge.hash.layer.LayerCode;
import io.weighbridge.hash.layer.LayerComparison;
import io.weighbridge.hash.layer.LayerPair;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a comparison may come to. The ids are a contract. */
public enum Finding {
    NOT_COMPARABLE("not-comparable", null),
    UNTRAINED("untrained", null),
    SAME_WEIGHTS(
            "same-weights",
            "The same weights in the same order, but for what another file format, a coarser precision, folded batch norms or a very"
                    + " light fine-tuning changes."),
    REWRITTEN(
            "rewritten",
            "The same weights with channels reordered or rescaled: the network computes the same, though hardly a number is where it was."
                    + " Training does not do this by itself."),
    CHANGED_AND_REWRITTEN(
            "changed-and-rewritten",
            "A changed copy whose channels are no longer in place: reordered or rescaled after fine-tuning, or some of them"
                    + " removed."),
    CHANGED_COPY(
            "changed-copy",
            "A changed copy: the weights are still those of the other model, in their places, after fine-tuning, pruning, noise"
                    + " or coarser numbers."),
    COPIED_PART("copied-part", null),
    BORDERLINE(
            "borderline",
            "Near the threshold, so inconclusive: nearer than unrelated models are, yet not, or only just, near enough for an alert."
                    + " A heavily changed copy looks like this; so, rarely, does a stranger. Look at both by hand."),
    INDEPENDENT_WEIGHTS(
            "independent-weights",
            "The same architecture with independent weights: every layer has its counterpart by shape, none by content."
                    + " This is how a network looks that was trained from another start."),
    UNRELATED("unrelated", "Nothing in common that these hashes see: neither as a whole nor by layer.");

    /** A distance up to this share of the bits is what other formats and precisions leave. */
    private static final double SAME = .02;

    /** A match nearer to its threshold than this share of the bits is not beyond doubt. */
    private static final double MARGIN = .03;

    /** Unrelated models that are no match come nearer than this rarely enough to make one think. */
    private static final double DOUBTFUL_RATE = 1e-4;

    /** Evidence by layer counts alone from here, where no alert would be raised. */
    private static final double LAYERS_ALONE = 1e-6;

    /** Copied layers are this near, and replaced ones this far: shares of the bits. */
    private static final double COPIED = .12;

    private static final double REPLACED = .38;

    private final String id;
    private final String sentence;

    Finding(String id, String sentence) {
        this.id = id;
        this.sentence = sentence;
    }

    public String id() {
        return id;
    }

    /** The finding in words; empty if it cannot be told without the models. */
    public Optional<String> sentence() {
        return Optional.ofNullable(sentence);
    }

    /** What the numbers say; the first that fits. */
    public static Finding of(ModelComparison models) {
        if (models.telling().isEmpty()) {
            return NOT_COMPARABLE;
        }
        if (!models.untrained().isEmpty()) {
            return UNTRAINED;
        }
        return models.isMatch() ? ofMatch(models) : ofNoMatch(models);
    }

    private static Finding ofMatch(ModelComparison models) {
        var iwp = models.by("iwp");
        var pri = models.by("pri");
        if (iwp.filter(Finding::isSame).isPresent()) {
            return SAME_WEIGHTS;
        }
        if (isCopiedPart(models.layers())) {
            return COPIED_PART;
        }
        if (isBorderline(models)) {
            return BORDERLINE;
        }
        if (pri.filter(Comparison::isMatch).isPresent()
                && iwp.filter(Comparison::isMatch).isEmpty()) {
            return pri.filter(Finding::isSame).isPresent() ? REWRITTEN : CHANGED_AND_REWRITTEN;
        }
        return CHANGED_COPY;
    }

    private static Finding ofNoMatch(ModelComparison models) {
        if (models.layers().falseMatchRate() <= LAYERS_ALONE
                && !models.layers().matches().isEmpty()) {
            return isCopiedPart(models.layers()) ? COPIED_PART : BORDERLINE;
        }
        if (models.telling()
                .filter(found -> found.falseMatchRate() <= DOUBTFUL_RATE)
                .isPresent()) {
            return BORDERLINE;
        }
        return models.isSameArchitecture() ? INDEPENDENT_WEIGHTS : UNRELATED;
    }

    private static boolean isSame(Comparison comparison) {
        return comparison.share() <= SAME;
    }

    /** All that match do so only just. */
    private static boolean isBorderline(ModelComparison models) {
        return models.algorithms().stream()
                .filter(found -> found.counts() && found.isMatch())
                .allMatch(found -> found.thresholdBits() - found.distanceBits() < MARGIN * found.bits());
    }

    /** Some layers are nearly the same, and all others as far as strangers: what changes a whole network does neither. */
    public static boolean isCopiedPart(LayerComparison layers) {
        var copied = meanShare(layers.matches());
        var replaced = meanShare(
                layers.pairs().stream().filter(pair -> !pair.isMatch()).toList());
        boolean isPart =
                layers.matches().size() < Math.max(layers.a().size(), layers.b().size());
        return isPart && copied.isPresent() && copied.getAsDouble() <= COPIED && replaced.orElse(.5) >= REPLACED;
    }

    public static OptionalDouble meanShare(List<LayerPair> pairs) {
        return pairs.stream()
                .mapToDouble(pair -> (double) pair.distanceBits() / LayerCode.BITS)
                .average();
    }
}

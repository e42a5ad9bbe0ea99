package io.weighbridge.app.compare;

import io.weighbridge.alerting.LayerWords;
import io.weighbridge.alerting.Odds;
import io.weighbridge.hash.layer.LayerCode;
import io.weighbridge.hash.layer.LayerComparison;
import io.weighbridge.hash.layer.LayerPair;
import io.weighbridge.schemas.avro.FileScan;
import io.weighbridge.schemas.avro.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Why two models match or do not, in words for those who decide about an upload. Each sentence carries the numbers it rests on.
 *
 * @param sentences the finding first, then what supports it, then what it cannot tell
 */
public record Explanation(Finding finding, List<String> sentences) {

    private static final int NAMED_LAYERS = 4;

    public Explanation {
        sentences = List.copyOf(sentences);
    }

    public static Explanation of(ModelComparison models) {
        var finding = Finding.of(models);
        var sentences = new ArrayList<String>();
        sentences.addAll(
                switch (finding) {
                    case NOT_COMPARABLE -> notComparable(models);
                    case UNTRAINED -> untrained(models);
                    case COPIED_PART -> copiedPart(models);
                    default -> finding.sentence().stream().toList();
                });
        sentences.addAll(models.remarks());
        numbers(models).ifPresent(sentences::add);
        layers(models).ifPresent(sentences::add);
        caution(finding, models).ifPresent(sentences::add);
        return new Explanation(finding, sentences);
    }

    private static List<String> notComparable(ModelComparison models) {
        return Stream.of(models.a(), models.b())
                .filter(scan -> scan.getOutcome() != Outcome.HASHED)
                .map(Explanation::notComparable)
                .toList();
    }

    private static String notComparable(FileScan scan) {
        return switch (scan.getOutcome()) {
            case DEGENERATE ->
                scan.getPath() + " is degenerate: " + scan.getReason()
                        + ". It would match others by accident, so no verdict is possible.";
            case PARTIAL ->
                scan.getPath() + " was read in part: " + scan.getReason()
                        + ". What was read does not match; what was not may, so no verdict is possible.";
            default ->
                scan.getPath() + " was not hashed (" + scan.getOutcome() + ": " + scan.getReason()
                        + "), so no verdict is possible.";
        };
    }

    private static List<String> untrained(ModelComparison models) {
        String which = models.untrained().stream()
                .map(scan -> String.format(Locale.ROOT, "%s (quality %.2f)", scan.getPath(), scan.getQuality()))
                .collect(Collectors.joining(" and "));
        return List.of(
                "The weights of " + which
                        + " look freshly initialised, not trained: no verdict about a trained model is"
                        + " possible from them.",
                models.isMatch()
                        ? "They match all the same: both hold the same drawing, from one seed or one file, or one was hardly trained."
                        : "They do not match, which says no more than that they are not the same drawing.");
    }

    private static List<String> copiedPart(ModelComparison models) {
        var layers = models.layers();
        List<String> missing = Stream.concat(
                        layers.a().stream()
                                .filter(layer -> !isMatched(layers.ofA(layer)))
                                .map(layer -> layer.name() + " of A"),
                        layers.b().stream()
                                .filter(layer -> !isMatched(layers.ofB(layer)))
                                .map(layer -> layer.name() + " of B"))
                .toList();
        String what = isHeadOnly(layers)
                ? "A copied backbone under a new head"
                : "A part of the network was copied, the rest replaced or trained anew";
        var sentences = new ArrayList<String>();
        sentences.add(
                what + ": " + layers.matches().size() + " of " + layers.a().size() + " layers of A and of "
                        + layers.b().size() + " of B match, the others are as far apart as strangers: "
                        + named(missing) + ".");
        if (!models.isMatch()) {
            sentences.add("The codes of the whole models are too far apart for an alert; the layers are not.");
        }
        return sentences;
    }

    private static boolean isMatched(Optional<LayerPair> pair) {
        return pair.filter(LayerPair::isMatch).isPresent();
    }

    /** Whether no more than one layer of either model, the smaller part of its weights, is left out. */
    private static boolean isHeadOnly(LayerComparison layers) {
        int matches = layers.matches().size();
        return layers.a().size() - matches <= 1
                && layers.b().size() - matches <= 1
                && layers.shareOfA() >= .5
                && layers.shareOfB() >= .5;
    }

    private static String named(List<String> layers) {
        int more = layers.size() - NAMED_LAYERS;
        String first = layers.stream().limit(NAMED_LAYERS).collect(Collectors.joining(", "));
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /** Which algorithm saw what. */
    private static Optional<String> numbers(ModelComparison models) {
        var parts = models.algorithms().stream()
                .filter(Comparison::counts)
                .map(found -> String.format(
                        Locale.ROOT,
                        "%s%s differs in %d of %d bits (threshold %s, by chance: %s)",
                        found.algorithm(),
                        meaning(found.algorithm().name()),
                        found.distanceBits(),
                        found.bits(),
                        found.thresholdText(),
                        Odds.ofChance(found.falseMatchRate())))
                .toList();
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts) + ".");
    }

    private static String meaning(String algorithm) {
        return switch (algorithm) {
            case "pri" -> ", blind to order and scale of channels,";
            case "iwp" -> ", which needs channels in their places,";
            default -> "";
        };
    }

    private static Optional<String> layers(ModelComparison models) {
        var layers = models.layers();
        if (layers.pairs().isEmpty() || models.telling().isEmpty()) {
            return Optional.empty();
        }
        int matches = layers.matches().size();
        if (matches == 0) {
            return Optional.of("No layer of A matches one of B, of "
                    + layers.a().size() + " and " + layers.b().size() + ".");
        }
        String mean = String.format(
                Locale.ROOT,
                "%.0f",
                LayerCode.BITS * Finding.meanShare(layers.matches()).orElse(0));
        return Optional.of(matches + " of " + layers.a().size() + " layers of A match ("
                + LayerWords.percent(layers.shareOfA()) + " of its weights) and " + matches + " of "
                + layers.b().size() + " of B (" + LayerWords.percent(layers.shareOfB())
                + "), on average " + mean + " of " + LayerCode.BITS + " bits apart; so much by chance: "
                + Odds.ofChance(layers.falseMatchRate()) + "." + others(models));
    }

    /** The layers of A without a match, unless they have been named or there are too many to be worth it. */
    private static String others(ModelComparison models) {
        var layers = models.layers();
        var others = layers.a().stream()
                .filter(layer -> !isMatched(layers.ofA(layer)))
                .map(LayerCode::name)
                .toList();
        boolean isSaid = Finding.isCopiedPart(layers)
                || others.isEmpty()
                || others.size() > layers.a().size() / 2;
        return isSaid ? "" : " Not among them: " + named(others) + ".";
    }

    private static Optional<String> caution(Finding finding, ModelComparison models) {
        return switch (finding) {
            case NOT_COMPARABLE, UNTRAINED -> Optional.empty();
            case INDEPENDENT_WEIGHTS, UNRELATED ->
                Optional.of(
                        "A copy that lost half of its channels, or was both pruned to a tenth and reordered, would look the same.");
            default ->
                Optional.of(
                        "The numbers tell that weights are shared, not who had them first, nor whether it was allowed"
                                + quality(models) + ".");
        };
    }

    private static String quality(ModelComparison models) {
        return String.format(
                Locale.ROOT,
                "; quality, 0 fresh to 1 trained: A %.2f, B %.2f",
                models.a().getQuality(),
                models.b().getQuality());
    }
}

package io.weighbridge.app.evaluate.codes;

import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.hash.HashAlgorithm;
import io.weighbridge.hash.nts.Encoding;
import io.weighbridge.hash.nts.Importance;
import io.weighbridge.hash.nts.NormalTestStatistics;
import io.weighbridge.hash.nts.NormalityTest;
import io.weighbridge.hash.nts.NtsVariant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The variants of the paper's hash that are measured. Each of the six statistics
 *
 * <ul>
 *   <li>of all weights (the importance rule does not matter then) in 128, 256, 512 and 1024 segments, and in 256 in quartiles;
 *   <li>of the largest half and of the largest quarter of each layer's weights, and of the half of its filters with the largest L1 norm, in 256 segments.
 * </ul>
 *
 * Not crossed further: a variant that changes two things at once says less about either.
 */
final class NtsGrid {

    /** The algorithm of all of them. */
    static final String NAME = NormalTestStatistics.standard().id().name();

    private static final Map<NormalityTest, String> NAMES = Map.of(
            NormalityTest.SHAPIRO_WILK, "Shapiro-Wilk",
            NormalityTest.DAGOSTINO_K2, "D'Agostino K²",
            NormalityTest.JARQUE_BERA, "Jarque-Bera",
            NormalityTest.ANDERSON_DARLING, "Anderson-Darling",
            NormalityTest.LILLIEFORS, "Lilliefors",
            NormalityTest.KURTOSIS, "kurtosis");

    private NtsGrid() {}

    /** A column for each variant but the default one. */
    static List<Single> columns() {
        var columns = new ArrayList<Single>();
        for (var test : NormalityTest.values()) {
            add(columns, all(test, 256, Encoding.MEDIAN));
            add(columns, all(test, 256, Encoding.QUARTILES));
            // Next to each other are variants with segments of one length: ShapiroWilk remembers the coefficients of
            // the latest.
            add(columns, all(test, 512, Encoding.MEDIAN));
            add(columns, some(Importance.WEIGHT_MAGNITUDE, .5, test));
            add(columns, some(Importance.FILTER_L1, .5, test));
            add(columns, all(test, 1024, Encoding.MEDIAN));
            add(columns, some(Importance.WEIGHT_MAGNITUDE, .25, test));
            add(columns, all(test, 128, Encoding.MEDIAN));
        }
        return columns;
    }

    private static NtsVariant all(NormalityTest test, int segments, Encoding encoding) {
        return new NtsVariant(Importance.WEIGHT_MAGNITUDE, 1, test, segments, encoding);
    }

    private static NtsVariant some(Importance importance, double fraction, NormalityTest test) {
        return new NtsVariant(importance, fraction, test, 256, Encoding.MEDIAN);
    }

    private static void add(List<Single> columns, NtsVariant variant) {
        if (!variant.equals(NtsVariant.DEFAULT)) {
            columns.add(new Single(id(variant), title(variant), algorithm(variant)));
        }
    }

    private static HashAlgorithm algorithm(NtsVariant variant) {
        var algorithm = NormalTestStatistics.of(variant);
        return variant.test() == NormalityTest.SHAPIRO_WILK ? new OneByOne(algorithm) : algorithm;
    }

    private static String id(NtsVariant variant) {
        return "nts-" + variant.test().name().toLowerCase(Locale.ROOT).replace('_', '-') + "-"
                + variant.segments()
                + (variant.encoding() == Encoding.QUARTILES ? "-quartiles" : "")
                + selection(variant, "-filters", "-largest", "-largest-quarter");
    }

    /** Names a variant, the default one too. */
    static String title(NtsVariant variant) {
        return "nts, " + NAMES.get(variant.test()) + ", " + variant.segments()
                + (variant.encoding() == Encoding.QUARTILES ? " in quartiles" : "")
                + selection(
                        variant,
                        ", best half of the filters",
                        ", largest half of the weights",
                        ", largest quarter of the weights");
    }

    /** The word for the weights that count; none if all do. */
    private static String selection(NtsVariant variant, String filters, String half, String quarter) {
        if (variant.fraction() == 1) {
            return "";
        }
        if (variant.importance() == Importance.FILTER_L1) {
            return filters;
        }
        return variant.fraction() == .5 ? half : quarter;
    }
}

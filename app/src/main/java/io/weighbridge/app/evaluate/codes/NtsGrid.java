package io.weighbridge.app.evaluate.codes;

import io.weighbridge.app.evaluate.codes.Column.Single;
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
 * The variants of the paper's hash that are measured: each of the six statistics of all weights (the importance rule does not matter then) in 256 segments; and
 * the statistics that say most, Shapiro-Wilk's W and the kurtosis,
 *
 * <ul>
 *   <li>of all weights in 512 segments, and in 256 in quartiles;
 *   <li>of the largest half of each layer's weights, and of the half of its filters with the largest L1 norm, in 256 segments.
 * </ul>
 *
 * Not crossed further: a variant that changes two things at once says less about either.
 */
final class NtsGrid {

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
            add(columns, new NtsVariant(Importance.WEIGHT_MAGNITUDE, 1, test, 256, Encoding.MEDIAN));
        }
        for (var test : List.of(NormalityTest.SHAPIRO_WILK, NormalityTest.KURTOSIS)) {
            add(columns, new NtsVariant(Importance.WEIGHT_MAGNITUDE, 1, test, 512, Encoding.MEDIAN));
            add(columns, new NtsVariant(Importance.WEIGHT_MAGNITUDE, 1, test, 256, Encoding.QUARTILES));
            add(columns, new NtsVariant(Importance.WEIGHT_MAGNITUDE, .5, test, 256, Encoding.MEDIAN));
            add(columns, new NtsVariant(Importance.FILTER_L1, .5, test, 256, Encoding.MEDIAN));
        }
        return columns;
    }

    private static void add(List<Single> columns, NtsVariant variant) {
        if (!variant.equals(NtsVariant.DEFAULT)) {
            columns.add(new Single(id(variant), title(variant), NormalTestStatistics.of(variant)));
        }
    }

    private static String id(NtsVariant variant) {
        return "nts-" + variant.test().name().toLowerCase(Locale.ROOT).replace('_', '-') + "-"
                + variant.segments()
                + (variant.encoding() == Encoding.QUARTILES ? "-quartiles" : "")
                + (variant.fraction() == 1
                        ? ""
                        : variant.importance() == Importance.FILTER_L1 ? "-filters" : "-largest");
    }

    private static String title(NtsVariant variant) {
        return "nts, " + NAMES.get(variant.test()) + ", " + variant.segments()
                + (variant.encoding() == Encoding.QUARTILES ? " in quartiles" : "")
                + (variant.fraction() == 1
                        ? ""
                        : variant.importance() == Importance.FILTER_L1
                                ? ", best half of the filters"
                                : ", largest half of the weights");
    }
}

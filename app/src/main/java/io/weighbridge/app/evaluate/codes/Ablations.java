package io.weighbridge.app.evaluate.codes;

import io.weighbridge.app.evaluate.codes.Column.AnyOf;
import io.weighbridge.app.evaluate.codes.Column.Single;
import io.weighbridge.hash.Algorithms;
import io.weighbridge.hash.SiteKey;
import io.weighbridge.hash.projection.ImportanceWeightedProjection;
import io.weighbridge.hash.projection.InvariantSignature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The projections in other lengths, without one of their parts, and on the basis of a site key. */
final class Ablations {

    private static final int[] LENGTHS = {256, 512, 2048};

    private Ablations() {}

    static List<Column> columns() {
        var columns = new ArrayList<Column>();
        for (int bits : LENGTHS) {
            var pri = new Single("pri-2-" + bits, "pri@3, " + bits + " bits", InvariantSignature.variant(true, bits));
            var iwp =
                    new Single("iwp-2-" + bits, "iwp@2, " + bits + " bits", ImportanceWeightedProjection.variant(bits));
            columns.add(pri);
            columns.add(iwp);
            columns.add(new AnyOf("any-" + bits, "both, " + bits + " bits", List.of(pri, iwp)));
        }
        columns.add(new Single("pri-2-uncentred", "pri@3 without constants", InvariantSignature.variant(false, 1024)));
        columns.addAll(withSiteKey());
        return columns;
    }

    /** Any secret will do to see that the accuracy is the same. */
    private static List<Column> withSiteKey() {
        var key = SiteKey.of("a secret for measurements".getBytes(StandardCharsets.US_ASCII));
        var algorithms = Algorithms.of(key);
        var pri = new Single("pri-2-key", "pri@3 with a site key", algorithms.get(0));
        var iwp = new Single("iwp-2-key", "iwp@2 with a site key", algorithms.get(1));
        return List.of(pri, iwp, new AnyOf("any-key", "both with a site key", List.of(pri, iwp)));
    }
}

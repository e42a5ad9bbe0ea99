package io.weighbridge.app.evaluate.figures;

import java.util.Arrays;

/** The stranger that comes nearest to any original: the pair that a threshold must keep out. */
public record NearestStranger(String original, String file, String relation, double score, double distance) {

    static NearestStranger of(PairScores scores, int[] strangers) {
        int nearest = Arrays.stream(strangers)
                .reduce((a, b) -> scores.score(b) > scores.score(a) ? b : a)
                .orElseThrow();
        var pairs = scores.pairs();
        return new NearestStranger(
                pairs.original(nearest).file(),
                pairs.other(nearest).file(),
                pairs.relation(nearest).id(),
                scores.score(nearest),
                scores.share(nearest));
    }
}

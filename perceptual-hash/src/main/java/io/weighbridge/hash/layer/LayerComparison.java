package io.weighbridge.hash.layer;

import io.weighbridge.hash.CanonicalOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which layers of two models are the same: an assignment of each layer to at most one of the other model, nearest first. It depends on
 * the two sets of layers alone, not on their order in the files, and {@code of(b, a)} is its mirror image.
 *
 * @param a the layers of the first model in canonical order
 * @param b those of the second
 * @param pairs one for each layer that found a partner, matching or not, in the order of {@code a}
 */
public record LayerComparison(List<LayerCode> a, List<LayerCode> b, List<LayerPair> pairs) {

    /** Names decide, then all that a layer has: layers that are still equal are interchangeable. */
    private static final Comparator<LayerCode> CANONICAL = Comparator.comparing(
                    LayerCode::name, CanonicalOrder.ofNames())
            .thenComparing(LayerCode::kind)
            .thenComparingInt(LayerCode::outputs)
            .thenComparingInt(LayerCode::inputs)
            .thenComparingInt(LayerCode::positions)
            .thenComparing(layer -> layer.code().hex());

    private static final double LEAST_RATE = 1e-300;

    public LayerComparison {
        a = List.copyOf(a);
        b = List.copyOf(b);
        pairs = List.copyOf(pairs);
    }

    public static LayerComparison of(List<LayerCode> a, List<LayerCode> b) {
        var inA = a.stream().sorted(CANONICAL).toList();
        var inB = b.stream().sorted(CANONICAL).toList();
        var partners = new HashMap<Integer, LayerPair>();
        var taken = new boolean[inB.size()];
        for (var candidate : candidates(inA, inB)) {
            if (!partners.containsKey(candidate.inA) && !taken[candidate.inB]) {
                taken[candidate.inB] = true;
                partners.put(candidate.inA, pair(inA, inB, candidate));
            }
        }
        return new LayerComparison(inA, inB, inOrder(inA, partners));
    }

    /** The pairs that count as the same layer, in the order of {@code a}. */
    public List<LayerPair> matches() {
        return pairs.stream().filter(LayerPair::isMatch).toList();
    }

    /** The share of the first model's weights that lie in matching layers, of all weights in layers with codes; 0 without any. */
    public double shareOfA() {
        return share(a, matches().stream().map(LayerPair::a).toList());
    }

    /** The same of the second model. */
    public double shareOfB() {
        return share(b, matches().stream().map(LayerPair::b).toList());
    }

    /** The pair of a layer of the first model. */
    public Optional<LayerPair> ofA(LayerCode layer) {
        return pairs.stream().filter(pair -> pair.a() == layer).findFirst();
    }

    /** The pair of a layer of the second model. */
    public Optional<LayerPair> ofB(LayerCode layer) {
        return pairs.stream().filter(pair -> pair.b() == layer).findFirst();
    }

    /**
     * An upper bound of the probability that two unrelated models have this much in common: with the rates p₁ ≤ … ≤ pₙ of the n pairs,
     * n · min over k of (n choose k) · pₖᵏ. (n choose k) · pᵏ bounds the probability that at least k of n layers come as near as the k-th
     * nearest did, and n pays for having chosen k. So one layer that is the same bit for bit counts, and so do many that are merely near.
     *
     * <p>Layers of unrelated models are taken to be near or far independently of each other; the rates of single pairs are wide enough to
     * allow for what they share.
     *
     * @return 1 if there are no pairs; never 0
     */
    public double falseMatchRate() {
        var rates =
                pairs.stream().mapToDouble(LayerPair::falseMatchRate).sorted().toArray();
        int n = rates.length;
        double least = 0;
        double logChoices = 0;
        for (int k = 1; k <= n; k++) {
            logChoices += StrictMath.log((n - k + 1.0) / k);
            double rate = StrictMath.log(Math.max(LEAST_RATE, rates[k - 1]));
            least = Math.min(least, StrictMath.log(n) + logChoices + k * rate);
        }
        return Math.max(LEAST_RATE, StrictMath.exp(least));
    }

    /**
     * Two layers that may become a pair.
     *
     * @param apart how many places apart they are in their models: of equal distances, the same place is likelier
     */
    private record Candidate(int inA, int inB, int distanceBits, int apart, String lowerName, String upperName) {

        /** A mirror image of itself: it does not tell the first model from the second. */
        static final Comparator<Candidate> NEAREST_FIRST = Comparator.comparingInt(Candidate::distanceBits)
                .thenComparingInt(Candidate::apart)
                .thenComparing(Candidate::lowerName)
                .thenComparing(Candidate::upperName)
                .thenComparingInt(candidate -> candidate.inA + candidate.inB);

        static Candidate of(List<LayerCode> a, List<LayerCode> b, int i, int j) {
            String one = a.get(i).name();
            String other = b.get(j).name();
            boolean isInOrder = one.compareTo(other) <= 0;
            return new Candidate(
                    i,
                    j,
                    a.get(i).code().distanceBits(b.get(j).code()),
                    Math.abs(i - j),
                    isInOrder ? one : other,
                    isInOrder ? other : one);
        }
    }

    private static List<Candidate> candidates(List<LayerCode> a, List<LayerCode> b) {
        var candidates = new ArrayList<Candidate>();
        for (int i = 0; i < a.size(); i++) {
            for (int j = 0; j < b.size(); j++) {
                if (a.get(i).isComparable(b.get(j))) {
                    candidates.add(Candidate.of(a, b, i, j));
                }
            }
        }
        candidates.sort(Candidate.NEAREST_FIRST);
        return candidates;
    }

    /** Each of the two was free to choose among all comparable layers of the other model, so that many chances are counted. */
    private static LayerPair pair(List<LayerCode> a, List<LayerCode> b, Candidate candidate) {
        var one = a.get(candidate.inA);
        var other = b.get(candidate.inB);
        long chances = Math.max(comparable(one, b), comparable(other, a));
        double rate = LayerFalseMatches.rate(one, other, candidate.distanceBits);
        return new LayerPair(one, other, candidate.distanceBits, Math.min(1, chances * rate));
    }

    private static long comparable(LayerCode layer, List<LayerCode> others) {
        return others.stream().filter(layer::isComparable).count();
    }

    private static List<LayerPair> inOrder(List<LayerCode> a, Map<Integer, LayerPair> partners) {
        var pairs = new ArrayList<LayerPair>();
        for (int i = 0; i < a.size(); i++) {
            if (partners.containsKey(i)) {
                pairs.add(partners.get(i));
            }
        }
        return pairs;
    }

    private static double share(List<LayerCode> all, List<LayerCode> matched) {
        long weights = all.stream().mapToLong(LayerCode::size).sum();
        return weights == 0
                ? 0
                : (double) matched.stream().mapToLong(LayerCode::size).sum() / weights;
    }
}

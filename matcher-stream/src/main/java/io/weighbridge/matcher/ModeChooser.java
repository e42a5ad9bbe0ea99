package io.weighbridge.matcher;

import io.weighbridge.hash.PerceptualCode;
import io.weighbridge.hash.search.SearchMode;
import io.weighbridge.schemas.avro.ModelCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/**
 * Chooses for each upload's code whether it is to be found by index or by scan, from the protected codes of its task: their number tells how many
 * there are in all, a sample of them how crowded it is around the code. Ids are dealt to tasks by their hash, so one task's are a fair sample.
 * Whatever is chosen, the same is found.
 */
final class ModeChooser {

    /** So many codes tell apart what is in one code of four thousand. */
    private static final int SAMPLE = 4_096;

    /** After so many uploads the sample is taken anew. */
    private static final int STALE_AFTER = 10_000;

    private final ReadOnlyKeyValueStore<String, ModelCode> inForce;
    private final int tasks;
    private final int algorithms;
    private final Map<MatchRule, List<PerceptualCode>> samples = new HashMap<>();
    private int sinceSampled;

    /**
     * @param inForce the codes of this task's protected models, by algorithm and id
     * @param tasks among how many the protected models are dealt
     * @param algorithms how many have codes there
     */
    ModeChooser(ReadOnlyKeyValueStore<String, ModelCode> inForce, int tasks, int algorithms) {
        this.inForce = inForce;
        this.tasks = tasks;
        this.algorithms = algorithms;
    }

    /** The mode in which a code is found at the least cost. */
    SearchMode choose(MatchRule rule, PerceptualCode code) {
        var modes = rule.plan().modes();
        if (modes.size() == 1) {
            return modes.iterator().next();
        }
        if (sinceSampled++ >= STALE_AFTER) {
            samples.clear();
            sinceSampled = 0;
        }
        long codes = inForce.approximateNumEntries() * tasks / algorithms;
        var plan = rule.plan();
        double candidates = Math.max(plan.candidates(codes), crowd(rule, code) * codes);
        return plan.indexCost(candidates) < plan.scanCost(codes) ? SearchMode.INDEX : SearchMode.SCAN;
    }

    /** How many codes of the sample an index would have to compare with this one, for each code in it. */
    private double crowd(MatchRule rule, PerceptualCode code) {
        var sample = samples.computeIfAbsent(rule, this::sample);
        long near =
                sample.stream().mapToLong(other -> meetings(rule, code, other)).sum();
        return sample.isEmpty() ? 0 : (double) near / sample.size();
    }

    private static long meetings(MatchRule rule, PerceptualCode one, PerceptualCode other) {
        var plan = rule.plan();
        return IntStream.range(0, plan.substrings())
                .filter(position -> plan.substringDistanceBits(one, other, position) <= plan.radiusBits(position))
                .count();
    }

    private List<PerceptualCode> sample(MatchRule rule) {
        var sample = new ArrayList<PerceptualCode>();
        try (var codes = inForce.prefixScan(rule.id() + "/", new StringSerializer())) {
            while (codes.hasNext() && sample.size() < SAMPLE) {
                var value = codes.next().value;
                sample.add(IndexEntry.codeOf(value.getFile().getCodes().get(0)));
            }
        }
        return sample;
    }
}

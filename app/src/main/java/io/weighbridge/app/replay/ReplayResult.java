package io.weighbridge.app.replay;

import java.util.List;
import java.util.Map;

/**
 * What a replay came to.
 *
 * @param thresholds in bits, by algorithm
 * @param inputs what was read of each partition
 * @param alerts those found, in order of event time
 * @param diff how they differ from those raised then
 * @param outcomes of uploads and protections that were scanned again; none for a replay of codes
 */
public record ReplayResult(
        ReplayPlan plan,
        Map<String, Integer> thresholds,
        List<InputDigest.Input> inputs,
        List<FoundAlert> alerts,
        List<AlertDiff.Line> diff,
        List<OutcomeDiff.Line> outcomes) {

    /** Whether the alerts are those that were raised or held then, and outcomes and codes of what was scanned again those of then. */
    public boolean isSame() {
        return outcomes.stream().allMatch(line -> line.fate() == OutcomeDiff.Fate.SAME)
                && diff.stream()
                        .allMatch(
                                line -> line.fate() == AlertDiff.Fate.SAME || line.fate() == AlertDiff.Fate.HELD_THEN);
    }
}

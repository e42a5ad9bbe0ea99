package io.weighbridge.app.bench.alerts;

import io.weighbridge.app.bench.pipeline.Percentiles;

/**
 * What became of the alerts.
 *
 * @param sentPerSecond rate that this machine came to
 * @param wrongCases cases that do not count as many alerts as were sent
 * @param toCase from an alert's time to its case in the hands of a consumer
 * @param hookCalls calls of the webhook
 * @param hookKeys different alerts among them
 * @param toHook from an alert's time to the webhook's receiver
 * @param findings lines in the file of findings
 * @param findingKeys different alerts among them
 */
public record AlertFigures(
        int alerts,
        double sentPerSecond,
        int cases,
        int wrongCases,
        Percentiles toCase,
        int hookCalls,
        int hookKeys,
        Percentiles toHook,
        int findings,
        int findingKeys) {

    /** Whether none was lost or doubled, in cases, at the receiver, or in the file. */
    public boolean isRight() {
        return wrongCases == 0
                && hookKeys == alerts
                && hookCalls == alerts
                && findingKeys == alerts
                && findings == alerts;
    }
}
